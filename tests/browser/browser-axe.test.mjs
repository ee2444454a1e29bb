// axe-core on one page of each kind: in light and in dark, on a large screen and on one of 320 px.

import { test } from "node:test";
import { auditor } from "./axe.mjs";
import { MODES } from "./browser.mjs";
import { none } from "./faults.mjs";
import { browsing } from "./harness.mjs";
import { samplePages } from "./pages.mjs";

const site = browsing();

for (const sample of samplePages(site.portal)) {
  test(`${sample.name}: axe finds nothing, in any colours and at any width (${sample.path})`, async (t) => {
    const { page } = await site.look(t, sample);
    const violations = await auditor(page);
    const faults = [];
    for (const [mode, { viewport, colorScheme }] of Object.entries(MODES)) {
      await page.setViewportSize(viewport);
      await page.emulateMedia({ colorScheme });
      faults.push(...(await violations()).map((fault) => `${mode}: ${fault}`));
    }
    none(faults);
  });
}
