// The preview in Chromium: pages follow their files, and readers keep their place.

import assert from "node:assert/strict";
import { readFileSync, renameSync, writeFileSync } from "node:fs";
import { after, before, test } from "node:test";
import { MODES, launch, open } from "./browser.mjs";
import { makeSite, preview, report } from "./preview.mjs";

const REPORT = "content/county/office/2012.md";
const PAGE = "/county/office/2012/";
const PATIENCE = { timeout: 30_000 };

let browser;

before(async () => {
  browser = await launch();
});

after(() => browser?.close());

/// A page of the preview of a site, marked so that loading it anew would show.
async function look(t, site, path = PAGE) {
  const server = await preview(t, site.folder);
  const opened = await open(browser, server.origin + path);
  t.after(() => opened.close());
  await follows(opened.page);
  return { ...opened, server };
}

/// Waits until the page knows itself, and marks it.
async function follows(page) {
  const knows = () => performance.getEntriesByType("resource").some(({ name }) => name === location.href);
  await page.waitForFunction(knows, null, PATIENCE);
  await page.evaluate(() => {
    window.isMarked = true;
  });
}

const isMarked = (page) => page.evaluate(() => window.isMarked === true);
const shows = (page, text) => page.getByText(text).first().waitFor({ state: "attached", ...PATIENCE });
const overlay = (page) => page.locator("#glasshouse-overlay .glasshouse-faults");

test("an edit replaces the main part, and the reader keeps place, focus and open details", async (t) => {
  const site = makeSite(t);
  const { page, faults } = await look(t, site);
  await page.locator("details summary", { hasText: "BibTeX" }).click();
  await page.locator("details summary", { hasText: "BibTeX" }).focus();
  await page.evaluate(() => scrollTo({ top: 1500, behavior: "instant" }));
  const place = () =>
    page.evaluate(() => ({
      // Where in the window a paragraph of the middle stands.
      top: Math.round([...document.querySelectorAll("main p")].find(({ textContent }) => textContent.startsWith("第20段")).getBoundingClientRect().top),
      open: [...document.querySelectorAll("details")].map((item) => item.open),
      focus: document.activeElement.textContent,
    }));
  const before = await place();
  const isInPlace = async () => {
    const { top, ...rest } = await place();
    // A line may come to stand between two pixels.
    assert.ok(Math.abs(top - before.top) <= 1, `${top}, and before ${before.top}`);
    assert.deepEqual(rest, { open: before.open, focus: before.focus });
  };
  assert.ok(await page.evaluate(() => scrollY === 1500));
  assert.ok(before.open.includes(true));
  site.save(REPORT, report("改过的正文"));
  await shows(page, "改过的正文");
  await isInPlace();
  assert.ok(await isMarked(page), "the page was not loaded anew");
  site.save(REPORT, report("改过的正文").replace("proactive_total: 289", "proactive_total: 310"));
  await page.locator("#f-proactive_total", { hasText: "310" }).waitFor(PATIENCE);
  await isInPlace();
  assert.ok(await isMarked(page));
  assert.deepEqual(faults, []);
});

test("a style is swapped without loading the page anew", async (t) => {
  const site = makeSite(t);
  const { page, faults } = await look(t, site);
  site.write("static/css/site.css", "main { outline: 7px solid rgb(1, 2, 3); }\n");
  await page.waitForFunction(() => getComputedStyle(document.querySelector("main")).outlineWidth === "7px", null, PATIENCE);
  assert.equal(await page.locator('link[rel="stylesheet"]').count(), 1);
  site.remove("static");
  await page.waitForFunction(() => getComputedStyle(document.querySelector("main")).outlineWidth !== "7px", null, PATIENCE);
  assert.ok(await isMarked(page));
  assert.deepEqual(faults, []);
});

test("a page with scripts of its own is loaded anew, and the reader keeps the place", async (t) => {
  const site = makeSite(t);
  site.write("static/js/own.js", "document.querySelector('main').dataset.isAlive = 'yes';\n");
  site.write(
    "templates/report.html",
    '{% extends "default/report.html" %}{% block head %}<script defer src="{{ "js/own.js" | asset }}"></script>{% endblock %}',
  );
  const { page, faults } = await look(t, site);
  await page.locator("details summary", { hasText: "BibTeX" }).click();
  await page.evaluate(() => scrollTo({ top: 1500, behavior: "instant" }));
  site.save(REPORT, report("改过的正文"));
  await shows(page, "改过的正文");
  await page.locator("main[data-is-alive]").waitFor(PATIENCE);
  assert.equal(await isMarked(page), false);
  assert.ok(await page.locator("details", { hasText: "BibTeX" }).evaluate((item) => item.open));
  await page.waitForFunction(() => Math.abs(scrollY - 1500) < 3, null, PATIENCE);
  await follows(page);
  site.save("content/county/office/2013.md", report("另一份"));
  await page.waitForTimeout(500);
  assert.ok(await isMarked(page), "nothing on this page changed");
  // Loading anew ends the stream of events.
  assert.deepEqual(faults.filter((fault) => !fault.includes("/events (")), []);
});

test("a fault lies over the page until it is mended", async (t) => {
  const site = makeSite(t);
  const { page, faults } = await look(t, site);
  site.save("content/county/office/2013.md", "---\ntitle: 年报\nform: 没有的表\n---\n");
  await overlay(page).waitFor(PATIENCE);
  const text = await overlay(page).innerText();
  assert.match(text, /error\[form-unknown\]/u);
  assert.match(text, /content\/county\/office\/2013\.md:\d+:\d+/u);
  assert.match(text, /\^/u);
  await shows(page, "正文2012");
  assert.ok(await isMarked(page), "the page below stays");
  await caretsStandRight(page);
  site.save("content/county/office/2013.md", report("好了"));
  await overlay(page).waitFor({ state: "detached", ...PATIENCE });
  await shows(page, "正文2012");
  assert.ok(await isMarked(page));
  assert.deepEqual(faults, []);
});

/// A Chinese character is as wide as two others, whatever the fonts are.
async function caretsStandRight(page) {
  const widths = await page.evaluate(() => {
    const pre = document.querySelector("#glasshouse-overlay").shadowRoot.querySelector("pre");
    const [wide] = pre.querySelectorAll("i");
    const probe = document.createElement("i");
    probe.style.cssText = "display: inline-block; width: 1ch";
    pre.append(probe);
    const one = probe.getBoundingClientRect().width;
    probe.remove();
    return { one, two: wide.getBoundingClientRect().width };
  });
  assert.ok(Math.abs(widths.two - 2 * widths.one) < 0.1, JSON.stringify(widths));
}

test("a fault of the template stands in the page's place until it is mended", async (t) => {
  const site = makeSite(t);
  const { page } = await look(t, site);
  site.write("templates/report.html", "<p>\n{{ report.nothing }}</p>");
  await page.getByText("templates/report.html:2:").first().waitFor(PATIENCE);
  site.remove("templates");
  await shows(page, "正文2012");
  assert.equal(await page.locator(".glasshouse-faults").count(), 0);
});

test("a page that is gone says so, and comes back", async (t) => {
  const site = makeSite(t);
  const { page } = await look(t, site);
  const title = await page.title();
  site.remove(REPORT);
  await page.waitForFunction((title) => document.title !== title, title, PATIENCE);
  assert.match(await page.locator("main h1").innerText(), /没有找到/u);
  site.write(REPORT, report("回来了"));
  await shows(page, "回来了");
  assert.equal(await page.title(), title);
});

test("a page of a server that was killed follows the next one", async (t) => {
  const site = makeSite(t);
  const { page, server } = await look(t, site);
  await server.kill();
  site.save(REPORT, report("那时改的"));
  const next = await preview(t, site.folder, server.port);
  assert.equal(next.port, server.port);
  await shows(page, "那时改的");
  site.save(REPORT, report("后来改的"));
  await shows(page, "后来改的");
});

test("a site that begins with errors is shown when they are mended", async (t) => {
  const site = makeSite(t);
  site.write(REPORT, "---\ntitle: [\n---\n");
  const server = await preview(t, site.folder);
  const { page, close, status } = await open(browser, server.origin + PAGE);
  t.after(close);
  assert.equal(status, 500);
  await page.getByText("2012.md:").first().waitFor(PATIENCE);
  site.save(REPORT, report("好了"));
  await shows(page, "好了");
});

test("a hidden page gives its connection back and looks again when it is seen", async (t) => {
  const site = makeSite(t);
  const { page } = await look(t, site);
  const hide = (hidden) =>
    page.evaluate((hidden) => {
      Object.defineProperty(document, "hidden", { value: hidden, configurable: true });
      document.dispatchEvent(new Event("visibilitychange"));
    }, hidden);
  await hide(true);
  site.save(REPORT, report("没有看见的"));
  await page.waitForTimeout(500);
  assert.equal(await page.getByText("没有看见的").count(), 0);
  await hide(false);
  await shows(page, "没有看见的");
  assert.ok(await isMarked(page));
});

// SITE names another site to measure, REPORT one of its reports, PAGE its address.
test("every one of 60 saves is shown, and how soon is told", async (t) => {
  const folder = process.env.SITE;
  const site = folder ? { folder } : makeSite(t);
  const path = `${site.folder}/${process.env.REPORT ?? REPORT}`;
  const original = readFileSync(path, "utf8");
  const { page } = await look(t, site, process.env.PAGE ?? PAGE);
  const seen = new Map();
  await page.exposeFunction("saw", (round) => seen.set(round, seen.get(round) ?? performance.now()));
  await page.evaluate(() => {
    const look = () => {
      const round = /第(\d+)次保存/u.exec(document.querySelector("main").textContent)?.[1];
      if (round) window.saw(Number(round));
    };
    new MutationObserver(look).observe(document.body, { childList: true, subtree: true });
  });
  const times = [];
  try {
    for (let round = 0; round < 60; round += 1) {
      const start = performance.now();
      writeFileSync(`${path}.tmp~`, `${original}\n第${round}次保存\n`);
      renameSync(`${path}.tmp~`, path);
      while (!seen.has(round)) {
        assert.ok(performance.now() - start < 30_000, `save ${round} is not shown`);
        await new Promise((done) => setTimeout(done, 1));
      }
      times.push(seen.get(round) - start);
    }
  } finally {
    writeFileSync(path, original);
  }
  assert.ok(await isMarked(page));
  times.sort((a, b) => a - b);
  const at = (share) => times[Math.min(times.length - 1, Math.floor(times.length * share))].toFixed(1);
  t.diagnostic(`save to page: median ${at(0.5)} ms, 95 of 100 within ${at(0.95)} ms, longest ${at(1)} ms`);
});
