// "/" leads to the search box.
addEventListener("keydown", (event) => {
  if (event.key !== "/" || event.ctrlKey || event.metaKey || event.altKey || event.target.closest("input,textarea,select")) return;
  const box = document.querySelector("main [name=q]") ?? document.querySelector("[name=q]");
  if (!box) return;
  event.preventDefault();
  box.focus();
});
