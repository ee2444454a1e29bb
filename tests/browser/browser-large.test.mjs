// The pages that only large portals have, in Chromium: axe finds nothing, and they fit 320 px.

import assert from "node:assert/strict";
import { test } from "node:test";
import { auditor } from "./axe.mjs";
import { MODES } from "./browser.mjs";
import { none } from "./faults.mjs";
import { browsing } from "./harness.mjs";
import { largePortal, largeSamples } from "./large.mjs";

const site = browsing(largePortal());

for (const sample of largeSamples(site.portal)) {
  test(`${sample.name}: axe finds nothing, and the page fits (${sample.path})`, async (t) => {
    const { page, faults } = await site.open(t, sample);
    const violations = await auditor(page);
    for (const mode of sample.language ? ["narrow dark"] : ["light", "narrow dark"]) {
      await page.setViewportSize(MODES[mode].viewport);
      await page.emulateMedia({ colorScheme: MODES[mode].colorScheme });
      faults.push(...(await violations()).map((fault) => `${mode}: ${fault}`));
    }
    none(faults);
    const width = await page.evaluate(() => document.documentElement.scrollWidth);
    assert.ok(width <= 320, `the page is ${width} px wide`);
  });
}
