// How pages behave for readers: with the keyboard, on paper, in the dark, while they load.

import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { MODES, launch, open, served } from "./browser.mjs";
import { none } from "./faults.mjs";
import { samplePages } from "./pages.mjs";
import { builtPortal } from "./portal.mjs";
import { serve } from "./server.mjs";

const REPORT = { path: "zhejiang/wenzhou/cangnan/xincheng/2012/index.html" };
const portal = builtPortal();
let browser;
let server;

before(async () => {
  [browser, server] = await Promise.all([launch(), serve(portal)]);
});

after(async () => {
  await browser?.close();
  await server?.close();
});

test("every control of a report is reached by Tab, and the focus is seen", async () => {
  const { page, close } = await open(browser, served(server, portal, REPORT));
  const wanted = await page.evaluate(() => {
    const controls = [...document.querySelectorAll("a[href], button, summary, input, select, [tabindex='0']")];
    const seen = controls.filter((control) => control.checkVisibility());
    seen.forEach((control, at) => (control.dataset.at = String(at)));
    return seen.length;
  });
  const reached = new Set();
  const hidden = [];
  for (let step = 0; step < wanted + 5; step += 1) {
    await page.keyboard.press("Tab");
    const at = await page.evaluate(() => {
      const element = document.activeElement;
      const { outlineStyle, outlineWidth } = getComputedStyle(element);
      const box = element.getBoundingClientRect();
      const visible = outlineStyle !== "none" && parseFloat(outlineWidth) >= 2 && box.right > 0 && box.bottom > 0;
      return { at: element.dataset.at, visible, html: element.outerHTML.slice(0, 100) };
    });
    if (at.at === undefined) continue;
    reached.add(at.at);
    if (!at.visible) hidden.push(at.html);
  }
  assert.equal(reached.size, wanted, "some control is never reached");
  none(hidden);
  await close();
});

test("the first Tab offers to skip to the text", async () => {
  const { page, close } = await open(browser, served(server, portal, REPORT));
  await page.keyboard.press("Tab");
  await page.keyboard.press("Enter");
  assert.equal(await page.evaluate(() => document.activeElement.id), "main");
  await close();
});

test("a report prints black on white, with its tables open and without navigation", async () => {
  const { page, close } = await open(browser, served(server, portal, REPORT), MODES.dark);
  await page.emulateMedia({ media: "print", colorScheme: "dark" });
  const looks = await page.evaluate(() => {
    const shown = (selector) =>
      [...document.querySelectorAll(selector)].filter((element) => element.checkVisibility()).length;
    const { color, backgroundColor } = getComputedStyle(document.body);
    const folded = [...document.querySelectorAll("details table, details pre")];
    return {
      color,
      backgroundColor,
      ways: shown("nav.toc, nav.crumbs, header.site nav, .tools, footer.site"),
      folded: folded.filter((element) => element.getBoundingClientRect().height === 0).length,
      figures: shown("[id^='f-']"),
    };
  });
  assert.equal(looks.backgroundColor, "rgb(255, 255, 255)");
  const [red, green, blue] = looks.color.match(/\d+/gu).map(Number);
  assert.ok(Math.max(red, green, blue) < 64, looks.color);
  assert.equal(looks.ways, 0);
  assert.equal(looks.folded, 0);
  assert.equal(looks.figures, 43);
  const pdf = await page.pdf({ format: "A4" });
  assert.equal(pdf.subarray(0, 5).toString(), "%PDF-");
  await close();
});

test("the switch of colours is remembered, and shows before the page is painted", async () => {
  const { page, close } = await open(browser, served(server, portal, REPORT));
  const ground = () => page.evaluate(() => getComputedStyle(document.body).backgroundColor);
  const light = await ground();
  await page.getByRole("button", { name: "深色" }).click();
  assert.notEqual(await ground(), light);
  assert.equal(await page.getByRole("button", { name: "深色" }).getAttribute("aria-pressed"), "true");
  await page.reload({ waitUntil: "commit" });
  await page.waitForSelector("body", { state: "attached" });
  assert.equal(await page.evaluate(() => document.documentElement.dataset.theme), "dark");
  await close();
});

test("a table sorts by a column, and cells without a figure come last", async () => {
  const { page, close } = await open(browser, `${server.origin}/quality/completeness/`);
  const head = page.locator("table.sortable thead th").nth(2);
  await head.getByRole("button").click();
  assert.equal(await head.getAttribute("aria-sort"), "descending");
  const shares = await page.locator("table.sortable tbody td:nth-child(2) .figure").allInnerTexts();
  assert.ok(shares.length > 10);
  await close();
});

for (const sample of samplePages(portal)) {
  test(`${sample.name}: asks for four files at most, and nothing moves while it loads (${sample.path})`, async () => {
    const context = await browser.newContext(MODES.light);
    const page = await context.newPage();
    await page.addInitScript(() => {
      globalThis.moved = 0;
      new PerformanceObserver((list) => {
        for (const entry of list.getEntries()) globalThis.moved += entry.value;
      }).observe({ type: "layout-shift", buffered: true });
    });
    const asked = [];
    page.on("request", (request) => asked.push(request.url()));
    await page.goto(served(server, portal, sample), { waitUntil: "networkidle" });
    if (sample.kind !== "search") assert.ok(asked.length <= 4, asked.join(" "));
    assert.equal(await page.evaluate(() => globalThis.moved), 0);
    await context.close();
  });
}
