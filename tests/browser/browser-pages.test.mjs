// One page of each kind in Chromium: it opens without a fault, fits a small screen, and says the same
// with scripts off.

import assert from "node:assert/strict";
import { test } from "node:test";
import { MODES } from "./browser.mjs";
import { none } from "./faults.mjs";
import { browsing } from "./harness.mjs";
import { samplePages } from "./pages.mjs";

const site = browsing();
const PLAIN = { ...MODES.light, javaScriptEnabled: false };

for (const sample of samplePages(site.portal)) {
  test(`${sample.name}: opens without a fault (${sample.path})`, async (t) => {
    const { page, faults, status } = await site.look(t, sample, MODES.light, "networkidle");
    assert.equal(status, sample.path === "404.html" ? 404 : 200);
    assert.equal(await page.locator("h1").count(), 1);
    none(faults);
  });

  // How wide a page is and what it says is the same wherever the portal lies.
  if (site.portal.base.pathname !== "/") continue;

  test(`${sample.name}: fits 320 px (${sample.path})`, async (t) => {
    const { page } = await site.look(t, sample, MODES.narrow);
    const { width, wide } = await page.evaluate(overflow);
    assert.ok(width <= 320, `the page is ${width} px wide: ${wide.join(", ")}`);
  });

  test(`${sample.name}: says the same without scripts (${sample.path})`, async (t) => {
    const scripted = await site.look(t, sample);
    const plain = await site.look(t, sample, PLAIN);
    assert.deepEqual(await facts(plain.page), await facts(scripted.page));
  });
}

/// The heading, the tables' cells and the ways on.
async function facts(page) {
  const all = (selector) => page.locator(selector).allTextContents();
  return {
    heading: await all("h1"),
    cells: (await all("main td, main th")).map((cell) => cell.replace(/\s+/gu, " ").trim()),
    ways: await page.locator("a[href]").evaluateAll((links) => links.map((link) => link.getAttribute("href"))),
  };
}

/// How wide the page is, and which elements make it so. Runs in the page.
function overflow() {
  const limit = document.documentElement.clientWidth;
  const scrolls = (element) => {
    for (let box = element; box && box !== document.body; box = box.parentElement) {
      if (/auto|scroll|hidden|clip/u.test(getComputedStyle(box).overflowX)) return true;
    }
    return false;
  };
  const wide = [...document.body.querySelectorAll("*")]
    .filter((element) => element.getBoundingClientRect().right > limit + 0.5 && !scrolls(element))
    .slice(0, 5)
    .map((element) => `<${element.localName} class="${element.getAttribute("class") ?? ""}">`);
  return { width: Math.max(document.documentElement.scrollWidth, document.body.scrollWidth), wide };
}
