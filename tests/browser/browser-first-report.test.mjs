// The first report, as published: 43 figures, most of them blank, and two that contradict each other.

import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { MODES, launch, open, served } from "./browser.mjs";
import { builtPortal } from "./portal.mjs";
import { FIGURES, figure } from "./selectors.mjs";
import { serve } from "./server.mjs";

const PATH = "zhejiang/wenzhou/cangnan/xincheng/2012/index.html";
const GIVEN = {
  proactive_total: "289",
  proactive_web: "298",
  press_conferences: "15",
  units_dedicated: "1",
  staff_full_time: "2",
  staff_part_time: "1",
  meetings: "4",
  trainings: "3",
  trainees: "8",
  budget: "6",
};

let browser;
let server;
let page;

before(async () => {
  const portal = builtPortal();
  [browser, server] = await Promise.all([launch(), serve(portal)]);
  const address = served(server, portal, { path: PATH });
  ({ page } = await open(browser, address, { ...MODES.light, javaScriptEnabled: false }));
});

after(async () => {
  await browser?.close();
  await server?.close();
});

test("its form has 43 figures, of which 33 say that they are not filled in", async () => {
  const figures = await page.locator(FIGURES).allTextContents();
  assert.equal(figures.length, 43);
  assert.equal(figures.filter((figure) => figure.includes("未填报")).length, 33);
});

test("its ten figures stand as reported", async () => {
  for (const [code, value] of Object.entries(GIVEN)) {
    const shown = await page.locator(figure(code)).innerText();
    assert.match(shown, new RegExp(`(^|[^\\d.,])${value}([^\\d.,]|$)`, "u"), code);
    assert.doesNotMatch(shown, /未填报/u, code);
  }
});

test("the finding on 298 and 289 stands above the table and beside both figures", async () => {
  for (const code of ["proactive_total", "proactive_web"]) {
    const found = await page.locator(figure(code)).evaluate((row) => {
      const targets = [...row.querySelectorAll('a[href^="#"]')]
        .map((link) => document.getElementById(decodeURIComponent(link.hash.slice(1))))
        .filter((target) => target?.textContent.includes("298") && target.textContent.includes("289"));
      return targets.map((target) => ({
        above: Boolean(target.compareDocumentPosition(row) & Node.DOCUMENT_POSITION_FOLLOWING),
        shown: target.checkVisibility(),
      }));
    });
    assert.ok(found.length > 0, `nothing beside ${code} leads to the finding`);
    assert.ok(
      found.some(({ above, shown }) => above && shown),
      `the finding on ${code} is not shown above the table`,
    );
  }
});
