// The pages that only large portals have are valid HTML, too.

import assert from "node:assert/strict";
import { test } from "node:test";
import { none } from "./faults.mjs";
import { largePortal, largeSamples } from "./large.mjs";
import { nuFaults } from "./nu.mjs";
import { markupFaults } from "./validity.mjs";

const portal = largePortal();
const samples = largeSamples(portal);

test("a large portal has every kind of page", () => {
  assert.deepEqual(samples.filter((sample) => !sample.path).map((sample) => sample.name), []);
});

test("html-validate finds no error on a page of each kind", async () => {
  const faults = [];
  for (const { path } of samples) faults.push(...(await markupFaults(path, portal.read(path).toString("utf8"))));
  none(faults);
});

test("the Nu checker finds no error on a page of each kind", async () => {
  none(await nuFaults(portal.folder, "html", samples.map((sample) => sample.path)));
});
