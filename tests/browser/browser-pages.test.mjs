// One page of each kind in Chromium: it opens without a fault, fits a small screen, and says the same
// with scripts off.

import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { MODES, launch, open, served } from "./browser.mjs";
import { none } from "./faults.mjs";
import { samplePages } from "./pages.mjs";
import { builtPortal } from "./portal.mjs";
import { serve } from "./server.mjs";

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

for (const sample of samplePages(portal)) {
  test(`${sample.name}: opens without a fault (${sample.path})`, async () => {
    const address = served(server, portal, sample);
    const { page, faults, status, close } = await open(browser, address, MODES.light, "networkidle");
    assert.equal(status, sample.path === "404.html" ? 404 : 200);
    assert.equal(await page.locator("h1").count(), 1);
    none(faults);
    await close();
  });

  test(`${sample.name}: fits 320 px (${sample.path})`, async () => {
    const { page, close } = await open(browser, served(server, portal, sample), MODES.narrow);
    const { width, wide } = await page.evaluate(overflow);
    assert.ok(width <= 320, `the page is ${width} px wide: ${wide.join(", ")}`);
    await close();
  });

  test(`${sample.name}: says the same without scripts (${sample.path})`, async () => {
    const address = served(server, portal, sample);
    const scripted = await open(browser, address);
    const plain = await open(browser, address, { ...MODES.light, javaScriptEnabled: false });
    assert.deepEqual(await facts(plain.page), await facts(scripted.page));
    await Promise.all([scripted.close(), plain.close()]);
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
