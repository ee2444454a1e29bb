// Keeps a page of the preview as its files are: asks the server what it shows, and takes over what
// changed without losing the reader's place. Served with the preview only, never published.
//
// A page that changed says so by a `glasshouse:changed` event on the document, for the script that all
// pages share, should it have to look at elements again. A page with further scripts is loaded anew.
(() => {
  "use strict";

  const OWN = "/glasshouse:preview/";
  const KEPT = "glasshouse:kept";
  let stamp = document.currentScript.dataset.stamp; // what this page shows
  let wanted = stamp; // what the server shows
  let before = null; // this page as the server sent it, without what scripts made of it
  let busy = false;
  let events = null;

  // --- what the server shows ---

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

  // Browsers have six connections for a server: pages nobody sees give theirs back, and look again
  // when they are seen.
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
      // The server is away; it says what it shows when it is back.
    } finally {
      busy = false;
    }
  }

  async function load() {
    const response = await fetch(location.pathname + location.search, { cache: "no-store" });
    return new DOMParser().parseFromString(await response.text(), "text/html");
  }

  const stampOf = (page) => page.querySelector("script[data-stamp]")?.dataset.stamp;

  // --- taking over another state of the page ---

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

  // What is replaced: the main part, with what stands beside it in its box.
  function part(page) {
    const main = page.querySelector("main");
    return main && main.parentElement !== page.body && main.parentElement.parentElement === page.body
      ? main.parentElement
      : main;
  }

  // What has to be the same, so that replacing a part is enough.
  function frame(page) {
    const body = page.body.cloneNode(true);
    const copy = { querySelector: (name) => body.querySelector(name), body };
    part(copy)?.replaceWith("");
    const scripts = scriptsOf(page).map((script) => script.getAttribute("src"));
    return JSON.stringify([page.documentElement.lang, body.outerHTML, scripts]);
  }

  const scriptsOf = (page) => [...page.querySelectorAll("script[src]:not([data-stamp])")];

  const stylesOf = (page) => [...page.head.querySelectorAll('link[rel="stylesheet"]')];

  // New style sheets are there before old ones go, so that the page is never bare.
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
      // No storage: the reader's place is lost.
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

  // The last element with a name above the middle of the window, and how far below the top it is.
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

  // Folded parts with a name each: their id, or what their summary says and how many say so before.
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

  // --- what is wrong ---

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

  // --- the beginning ---

  async function begin() {
    try {
      const kept = JSON.parse(sessionStorage.getItem(KEPT) ?? "null");
      sessionStorage.removeItem(KEPT);
      if (kept?.path === location.pathname) restore(kept.place);
    } catch {
      // No storage.
    }
    showFaults(document);
    try {
      const own = await load();
      if (stampOf(own) === stamp) before = own;
    } catch {
      // Without it the first change loads the page anew.
    }
    listenAgain();
  }

  begin();
})();
