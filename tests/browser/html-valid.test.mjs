// Every page is valid HTML, by the rules in validity.mjs.

import assert from "node:assert/strict";
import { test } from "node:test";
import { none } from "./faults.mjs";
import { allPages } from "./pages.mjs";
import { builtPortal } from "./portal.mjs";
import { markupFaults } from "./validity.mjs";

const portal = builtPortal();

test("html-validate finds no error on any page", async () => {
  const paths = allPages(portal).map((page) => page.path);
  assert.ok(paths.length > 0);
  const faults = [];
  for (const path of paths) faults.push(...(await markupFaults(path, portal.read(path).toString("utf8"))));
  none(faults);
});
