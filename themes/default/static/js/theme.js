// What pages can do with scripts on. Everything is there without them.
(() => {
  const root = document.documentElement;
  const storage = (use) => { try { return use(localStorage); } catch { return null; } };
  const stored = storage((store) => store.getItem("theme"));
  if (stored === "light" || stored === "dark") root.dataset.theme = stored;

  /// A switch to the other of light and dark; without it the page follows the system.
  function themeSwitch(button) {
    const dark = matchMedia("(prefers-color-scheme: dark)");
    const isDark = () => (root.dataset.theme ? root.dataset.theme === "dark" : dark.matches);
    const show = () => { button.textContent = isDark() ? button.dataset.light : button.dataset.dark; };
    button.addEventListener("click", () => {
      const next = isDark() ? "light" : "dark";
      if ((next === "dark") === dark.matches) {
        delete root.dataset.theme;
        storage((store) => store.removeItem("theme"));
      } else {
        root.dataset.theme = next;
        storage((store) => store.setItem("theme", next));
      }
      show();
    });
    dark.addEventListener("change", show);
    show();
    button.hidden = false;
  }

  /// Headings that sort their table. Cells without a figure come last, either way.
  function sortable(table) {
    const body = table.tBodies[0];
    const heads = [...table.tHead.rows[0].cells];
    const value = (row, at) => {
      const cell = row.cells[at];
      if (!cell || cell.querySelector(".gap")) return null;
      const text = cell.dataset.sort ?? (cell.querySelector(".figure") ?? cell).textContent.trim();
      const number = Number(text.replace(/[,%]/gu, "").replace("\u2212", "-"));
      return text === "" ? null : Number.isNaN(number) ? text : number;
    };
    const compare = (a, b) => {
      if (typeof a === "number" && typeof b === "number") return a - b;
      return String(a).localeCompare(String(b), root.lang);
    };
    heads.forEach((head, at) => {
      if (head.tagName === "TD" || head.querySelector("a")) return;
      const button = document.createElement("button");
      button.type = "button";
      button.append(...head.childNodes);
      head.append(button);
      button.addEventListener("click", () => {
        const down = head.getAttribute("aria-sort") === "ascending" || (head.classList.contains("num") && !head.hasAttribute("aria-sort"));
        for (const other of heads) other.removeAttribute("aria-sort");
        head.setAttribute("aria-sort", down ? "descending" : "ascending");
        const rows = [...body.rows].map((row) => ({ row, key: value(row, at) }));
        rows.sort((a, b) => {
          if (a.key === null || b.key === null) return (a.key === null) - (b.key === null);
          return down ? compare(b.key, a.key) : compare(a.key, b.key);
        });
        body.append(...rows.map(({ row }) => row));
      });
    });
  }

  /// A button that copies the text of the element it names.
  function copies(button) {
    const source = document.getElementById(button.dataset.copy);
    if (!source || !navigator.clipboard) return;
    button.addEventListener("click", async () => {
      await navigator.clipboard.writeText(source.textContent);
      button.textContent = button.dataset.done;
    });
    button.hidden = false;
  }

  document.addEventListener("DOMContentLoaded", () => {
    document.querySelectorAll("[data-theme-switch]").forEach(themeSwitch);
    document.querySelectorAll("table.sortable").forEach(sortable);
    document.querySelectorAll("[data-copy]").forEach(copies);
  });
})();
