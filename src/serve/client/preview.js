// Keeps a page of the preview up to date: listens to the server and updates what changed without
// losing the reader's place. Served by the preview only, never published.
//
// An updated page fires a `glasshouse:changed` event on the document, for the script that all pages
// share. A page with further scripts is reloaded.
(() => {
  "use strict";

  const OWN = "/glasshouse:preview/";
  const KEPT = "glasshouse:kept";
  let stamp = document.currentScript.dataset.stamp; // what this page shows
  let wanted = stamp; // what the server shows
  let before = null; // this page as the server sent it, before scripts changed it
  let busy = false;
  let events = null;

  // --- the event stream ---

  function listen() {
    events = new EventSource(`${OWN}events`);
    events.onmessage = ({ data }) => {
      wanted = data;
      renew();
    };
    events.onerror = () => {
      if (events.readyState === EventSource.CLOSED) setTimeout(listenAgain, 500);
    };
  }

  function listenAgain() {
    events?.close();
    events = null;
    if (!document.hidden) listen();
  }

  // Browsers allow six connections per server: hidden pages close theirs, and reconnect when they
  // are visible again.
  document.addEventListener("visibilitychange", listenAgain);
  window.addEventListener("pagehide", () => events?.close());
  window.addEventListener("pageshow", ({ persisted }) => persisted && listenAgain());

  async function renew() {
    if (busy) return;
    busy = true;
    try {
      for (let last = null; stamp !== wanted && last !== wanted; ) {
        last = wanted;
        const next = await load();
        const shown = stampOf(next);
        if (!shown) return reload();
        await take(next);
        stamp = shown;
      }
    } catch {
      // The server is gone; when it is back, it sends its stamp.
    } finally {
      busy = false;
    }
  }

  async function load() {
    const response = await fetch(location.pathname + location.search, { cache: "no-store" });
    return new DOMParser().parseFromString(await response.text(), "text/html");
  }

  const stampOf = (page) => page.querySelector("script[data-stamp]")?.dataset.stamp;

  // --- updating the page ---

  async function take(next) {
    const [old, live, fresh] = [before && part(before), part(document), part(next)];
    if (!old || !live || !fresh || frame(before) !== frame(next)) return reload();
    const isChanged = old.outerHTML !== fresh.outerHTML;
    if (isChanged && (scriptsOf(next).length > 1 || fresh.querySelector("script"))) return reload();
    await takeStyles(next);
    document.title = next.title;
    if (isChanged) {
      const place = keep();
      live.replaceWith(document.importNode(fresh, true));
      restore(place);
      document.dispatchEvent(new CustomEvent("glasshouse:changed"));
    }
    before = next;
    showFaults(next);
  }

  // Returns what is replaced: the main element with its siblings.
  function part(page) {
    const main = page.querySelector("main");
    return main && main.parentElement !== page.body && main.parentElement.parentElement === page.body
      ? main.parentElement
      : main;
  }

  // Returns what must be unchanged for a partial update to suffice.
  function frame(page) {
    const body = page.body.cloneNode(true);
    const copy = { querySelector: (name) => body.querySelector(name), body };
    part(copy)?.replaceWith("");
    const scripts = scriptsOf(page).map((script) => script.getAttribute("src"));
    return JSON.stringify([page.documentElement.lang, body.outerHTML, scripts]);
  }

  const scriptsOf = (page) => [...page.querySelectorAll("script[src]:not([data-stamp])")];

  const stylesOf = (page) => [...page.head.querySelectorAll('link[rel="stylesheet"]')];

  // New style sheets load before old ones are removed, so that the page is never unstyled.
  async function takeStyles(next) {
    const old = stylesOf(document);
    const known = new Set(old.map((link) => link.getAttribute("href")));
    const wants = stylesOf(next);
    const loads = wants
      .filter((link) => !known.has(link.getAttribute("href")))
      .map((link) => {
        const fresh = document.importNode(link, true);
        const loaded = new Promise((done) => (fresh.onload = fresh.onerror = done));
        (stylesOf(document).at(-1) ?? document.head.lastElementChild).after(fresh);
        return loaded;
      });
    await Promise.all(loads);
    const hrefs = new Set(wants.map((link) => link.getAttribute("href")));
    for (const link of old) if (!hrefs.has(link.getAttribute("href"))) link.remove();
  }

  function reload() {
    try {
      sessionStorage.setItem(KEPT, JSON.stringify({ path: location.pathname, place: keep() }));
    } catch {
      // Without storage the reader's place is lost.
    }
    location.reload();
  }

  // --- the reader's place ---

  function keep() {
    const all = part(document)?.querySelectorAll("*") ?? [];
    const focused = document.activeElement;
    return {
      scroll: [scrollX, scrollY],
      anchor: anchor(all),
      open: details().map(([name, item]) => [name, item.open]),
      focus: focused && focused !== document.body ? pathTo(focused) : null,
      boxes: [...all].filter((box) => box.scrollLeft || box.scrollTop).map((box) => [pathTo(box), box.scrollLeft, box.scrollTop]),
      fields: [...all]
        .filter((field) => "defaultValue" in field && field.value !== field.defaultValue)
        .map((field) => [pathTo(field), field.value]),
    };
  }

  function restore(place) {
    const open = new Map(place.open);
    for (const [name, item] of details()) {
      const was = open.get(name);
      if (was !== undefined) item.open = was;
    }
    for (const [path, value] of place.fields) {
      const field = find(path);
      if (field && "value" in field) field.value = value;
    }
    for (const [path, left, top] of place.boxes) find(path)?.scrollTo({ left, top, behavior: "instant" });
    const [left, top] = place.scroll;
    const moved = place.anchor && document.getElementById(place.anchor[0]);
    const shift = moved ? moved.getBoundingClientRect().top + scrollY - place.anchor[1] : top;
    scrollTo({ left, top: shift, behavior: "instant" });
    if (place.focus) find(place.focus)?.focus({ preventScroll: true });
  }

  // Returns the last element with an id above the middle of the window, and its distance from the top.
  function anchor(all) {
    if (scrollY < 1) return null;
    let found = null;
    for (const element of all) {
      if (!element.id) continue;
      const { top, height } = element.getBoundingClientRect();
      if (height > 0 && top <= innerHeight / 2) found = [element.id, top];
    }
    return found;
  }

  // Returns `details` elements by a key each: the id, or the summary with the number of equal ones before.
  function details() {
    const count = {};
    return [...document.querySelectorAll("details")].map((item) => {
      const says = item.id || item.querySelector("summary")?.textContent.trim() || "";
      count[says] = (count[says] ?? 0) + 1;
      return [`${says} ${count[says]}`, item];
    });
  }

  function pathTo(element) {
    if (element.id) return `#${CSS.escape(element.id)}`;
    const steps = [];
    for (let step = element; step && step !== document.documentElement; step = step.parentElement) {
      const same = [...(step.parentElement?.children ?? [])].filter((child) => child.localName === step.localName);
      steps.unshift(`${step.localName}:nth-of-type(${same.indexOf(step) + 1})`);
    }
    return steps.join(" > ");
  }

  const find = (path) => document.querySelector(path);

  // --- faults ---

  let panel = null;

  function showFaults(page) {
    panel?.remove();
    panel = null;
    const template = page.querySelector("template#glasshouse-faults");
    if (!template) return;
    panel = document.createElement("div");
    panel.id = "glasshouse-overlay";
    const root = panel.attachShadow({ mode: "open" });
    const style = Object.assign(document.createElement("link"), { rel: "stylesheet", href: `${OWN}preview.css` });
    const box = document.createElement("div");
    box.className = "glasshouse-over";
    box.append(document.importNode(template.content, true));
    box.querySelector("button").onclick = () => panel?.remove();
    root.append(style, box);
    document.documentElement.append(panel);
  }

  // --- start ---

  async function begin() {
    try {
      const kept = JSON.parse(sessionStorage.getItem(KEPT) ?? "null");
      sessionStorage.removeItem(KEPT);
      if (kept?.path === location.pathname) restore(kept.place);
    } catch {
      // Without storage there is nothing to restore.
    }
    showFaults(document);
    try {
      const own = await load();
      if (stampOf(own) === stamp) before = own;
    } catch {
      // Without it the first change reloads the page.
    }
    listenAgain();
  }

  begin();
})();
