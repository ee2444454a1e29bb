// Every page and every picture stands before the Nu HTML checker.

import assert from "node:assert/strict";
import { test } from "node:test";
import { none } from "./faults.mjs";
import { html, miniPortal } from "./mini.mjs";
import { nuFaults } from "./nu.mjs";
import { builtPortal } from "./portal.mjs";

test("the Nu checker finds no error on any page", async () => {
  none(await nuFaults(builtPortal().folder, "html"));
});

test("the Nu checker finds no error in any picture", async () => {
  none(await nuFaults(builtPortal().folder, "svg"));
});

test("what is wrong is found, and named by its place", async (t) => {
  const portal = miniPortal(t, { "about/index.html": html("关于", "<h3>跳过一级</h3><p><div>段落里的块</div></p>") });
  const faults = await nuFaults(portal.folder, "html");
  assert.match(faults.join("\n"), /^about\/index\.html:\d+:\d+: .*(?:heading|No “p” element)/mu);
  assert.ok(faults.every((fault) => fault.startsWith("about/")), faults.join("\n"));
});
