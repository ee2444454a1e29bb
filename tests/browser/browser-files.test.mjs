// XML and SVG files are well-formed: Chromium's own parser reads them.

import { after, before, test } from "node:test";
import { launch } from "./browser.mjs";
import { none } from "./faults.mjs";
import { builtPortal } from "./portal.mjs";

const portal = builtPortal();
let browser;

before(async () => {
  browser = await launch();
});

after(() => browser?.close());

test("every XML and SVG file is well-formed", async () => {
  const page = await browser.newPage();
  const faults = [];
  for (const path of [...portal.files].filter((file) => /\.(xml|svg)$/u.test(file))) {
    const fault = await page.evaluate(
      (source) =>
        new DOMParser().parseFromString(source, "application/xml").querySelector("parsererror")?.textContent ?? "",
      portal.read(path).toString("utf8"),
    );
    if (fault) faults.push(`${path}: ${fault}`);
  }
  none(faults);
});
