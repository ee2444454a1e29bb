// A switch between light and dark, for those who want another than their system's. Without script
// the page follows the system.
(() => {
  const root = document.documentElement;
  let stored = null;
  try { stored = localStorage.getItem("theme"); } catch { /* no storage: follow the system */ }
  if (stored === "light" || stored === "dark") root.dataset.theme = stored;
})();
