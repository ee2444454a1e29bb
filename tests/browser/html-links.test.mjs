// Every way through the portal leads somewhere.

import { test } from "node:test";
import { none } from "./faults.mjs";
import { brokenLinks, unreachedPages } from "./links.mjs";
import { builtPortal } from "./portal.mjs";

const portal = builtPortal();

test("every internal link and anchor resolves", () => {
  none(brokenLinks(portal));
});

test("every page can be reached from the home page", () => {
  none(unreachedPages(portal));
});
