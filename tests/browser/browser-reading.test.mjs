// How pages behave for readers: with the keyboard, on paper, in the dark, while they load.

import assert from "node:assert/strict";
import { test } from "node:test";
import { MODES } from "./browser.mjs";
import { none } from "./faults.mjs";
import { browsing } from "./harness.mjs";
import { samplePages } from "./pages.mjs";

const REPORT = { path: "zhejiang/wenzhou/cangnan/xincheng/2012/index.html" };
const site = browsing();

test("every control of a report is reached by Tab, and the focus is seen", async (t) => {
  const { page } = await site.open(t, REPORT);
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
      const box = element.getClientRects()[0];
      // Something of it is in the window, and nothing lies over it.
      const across = Math.min(box.right, innerWidth) - Math.max(box.left, 0);
      const down = Math.min(box.bottom, innerHeight) - Math.max(box.top, 0);
      const x = Math.max(box.left, 0) + across / 2;
      const y = Math.max(box.top, 0) + down / 2;
      const top = document.elementFromPoint(x, y);
      const isSeen = across > 0 && down > 0 && (element.contains(top) || top?.contains(element));
      const isMarked = outlineStyle !== "none" && parseFloat(outlineWidth) >= 2;
      return { at: element.dataset.at, visible: isMarked && isSeen, html: element.outerHTML.slice(0, 100) };
    });
    if (at.at === undefined) continue;
    reached.add(at.at);
    if (!at.visible) hidden.push(at.html);
  }
  assert.equal(reached.size, wanted, "some control is never reached");
  none(hidden);
});

test("the first Tab offers to skip to the text", async (t) => {
  const { page } = await site.open(t, REPORT);
  await page.keyboard.press("Tab");
  await page.keyboard.press("Enter");
  assert.equal(await page.evaluate(() => document.activeElement.id), "main");
});

test("a report prints black on white, with its tables open and without navigation", async (t) => {
  const { page } = await site.open(t, REPORT);
  // Dark by the reader's own choice, and by the system's.
  await page.getByRole("button", { name: "深色" }).click();
  await page.emulateMedia({ media: "print", colorScheme: "dark" });
  const looks = await page.evaluate(() => {
    const shown = (selector) =>
      [...document.querySelectorAll(selector)].filter((element) => element.checkVisibility()).length;
    const { color, backgroundColor } = getComputedStyle(document.body);
    const folded = [...document.querySelectorAll("details table, details pre")];
    return {
      color,
      backgroundColor,
      ways: shown("nav, .tools, search, footer.site, .permalink, button"),
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
  const pdf = (await page.pdf({ format: "A4", tagged: false })).toString("latin1");
  assert.match(pdf, /^%PDF-/u);
  const sheets = pdf.match(/\/Type\s*\/Page\b/gu).length;
  assert.ok(sheets > 2 && sheets < 15, `${sheets} sheets`);
});

test("the switch of colours is remembered, and shows before the page is painted", async (t) => {
  const { page } = await site.open(t, REPORT);
  const ground = () => page.evaluate(() => getComputedStyle(document.body).backgroundColor);
  const light = await ground();
  await page.getByRole("button", { name: "深色" }).click();
  assert.notEqual(await ground(), light);
  await page.reload({ waitUntil: "commit" });
  await page.waitForSelector("body", { state: "attached" });
  assert.equal(await page.evaluate(() => document.documentElement.dataset.theme), "dark");
  await page.getByRole("button", { name: "浅色" }).click();
  assert.equal(await ground(), light);
  assert.equal(await page.getByRole("button", { name: "深色" }).count(), 1);
});

test("the switch of colours offers those that the page does not have, whatever the system prefers", async (t) => {
  const { page } = await site.open(t, REPORT, MODES.dark);
  const offers = (colours) => page.locator("[data-theme-switch]", { hasText: colours }).waitFor({ timeout: 5000 });
  await offers("浅色");
  await page.locator("[data-theme-switch]").click();
  await offers("深色");
  await page.reload();
  await offers("深色");
  await page.locator("[data-theme-switch]").click();
  await offers("浅色");
  // The reader follows the system again.
  await page.emulateMedia({ colorScheme: "light" });
  await offers("深色");
});

test("a table sorts by a column, down and up", async (t) => {
  const { page } = await site.open(t, "quality/completeness/");
  const head = page.locator("table.sortable thead th", { hasText: "已转录项中有数字的" });
  const column = await head.evaluate((cell) => cell.cellIndex);
  const shares = () =>
    page.locator("table.sortable").evaluate(
      (table, at) => {
        const share = (cell) => Number.parseFloat(cell.textContent.replace("不足1", "0.5"));
        return [...table.tBodies[0].rows].map(({ cells }) => share(cells[at]));
      },
      column,
    );
  // What has no share comes last, either way.
  const order = (list, sign) => [...list.filter((share) => !Number.isNaN(share)).sort((a, b) => sign * (a - b)), ...list.filter(Number.isNaN)];
  const falling = order(await shares(), -1);
  assert.ok(new Set(falling).size > 3, "the column says too little");
  assert.notDeepEqual(await shares(), falling);
  await head.getByRole("button").click();
  assert.equal(await head.getAttribute("aria-sort"), "descending");
  assert.deepEqual(await shares(), falling);
  await head.getByRole("button").click();
  assert.equal(await head.getAttribute("aria-sort"), "ascending");
  assert.deepEqual(await shares(), order(falling, 1));
});

test("the tables of forms and reports fit 1280 px, in either language", async (t) => {
  const page = await site.window(t, MODES.light);
  for (const sample of samplePages(site.portal).filter(({ kind }) => ["form", "report"].includes(kind))) {
    await page.goto(site.at(sample));
    const wide = await page.locator(".table-scroll").evaluateAll((sections) =>
      sections.filter((section) => section.scrollWidth > section.clientWidth + 1).map((section) => section.ariaLabel),
    );
    assert.deepEqual(wide, [], sample.path);
  }
});

for (const sample of samplePages(site.portal)) {
  test(`${sample.name}: asks for four files at most, and nothing moves while it loads (${sample.path})`, async (t) => {
    const page = await site.window(t, MODES.light);
    await page.addInitScript(() => {
      globalThis.moved = 0;
      new PerformanceObserver((list) => {
        for (const entry of list.getEntries()) globalThis.moved += entry.value;
      }).observe({ type: "layout-shift", buffered: true });
    });
    const asked = [];
    page.on("request", (request) => asked.push(request.url()));
    await page.goto(site.at(sample), { waitUntil: "networkidle" });
    if (sample.kind !== "search") assert.ok(asked.length <= 4, asked.join(" "));
    assert.equal(await page.evaluate(() => globalThis.moved), 0);
  });
}

test("every figure has an address beside it: seen under the pointer, with the focus, and always by touch", async (t) => {
  const { page } = await site.open(t, REPORT);
  const links = page.locator("tr[id^='f-'] .permalink, td[id^='f-'] .permalink");
  assert.equal(await links.count(), 43);
  const row = page.locator("#f-budget");
  const link = row.getByRole("link", { name: "固定地址 budget" });
  const seen = () => link.evaluate((element) => getComputedStyle(element).opacity === "1");
  assert.equal(await seen(), false);
  await row.hover();
  assert.equal(await seen(), true);
  await page.mouse.move(0, 0);
  await link.focus();
  assert.equal(await seen(), true);
  const { width, height } = await link.boundingBox();
  assert.ok(width >= 24 && height >= 24, `${width} × ${height}`);
  await page.keyboard.press("Enter");
  assert.equal(new URL(page.url()).hash, "#f-budget");

  const touched = await site.open(t, REPORT, { ...MODES.narrow, hasTouch: true, isMobile: true });
  const hidden = await touched.page
    .locator(".permalink")
    .evaluateAll((all) => all.filter((element) => getComputedStyle(element).opacity !== "1").length);
  assert.equal(hidden, 0);
});
