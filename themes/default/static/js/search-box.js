// "/" leads to the search box.
addEventListener("keydown", (event) => {
  const box = document.querySelector("[name=q]");
  if (!box || event.key !== "/" || event.ctrlKey || event.metaKey || event.target.closest("input,select")) return;
  event.preventDefault();
  box.focus();
});
