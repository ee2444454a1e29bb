// How much a reader's device must fetch before it shows a page.

import { test } from "node:test";
import { gzipSync } from "node:zlib";
import { none } from "./faults.mjs";
import { attribute, elements } from "./document.mjs";
import { allPages } from "./pages.mjs";
import { builtPortal } from "./portal.mjs";

const portal = builtPortal();
const KB = 1024;
const packed = (path) => gzipSync(portal.read(path), { level: 9 }).length;

/// The style sheets and scripts that a page asks for.
function parts(path, tag, name) {
  return elements(portal.document(path))
    .filter((element) => element.tagName === tag && (tag === "script" || attribute(element, "rel") === "stylesheet"))
    .map((element) => attribute(element, name))
    .filter(Boolean)
    .map((address) => portal.resolve(new URL(address, portal.address(path))).path);
}

const sum = (paths) => paths.map(packed).reduce((all, size) => all + size, 0);

test("the style sheet is at most 10 KB, the script before search at most 4 KB", () => {
  const faults = [];
  const styles = sum(parts("index.html", "link", "href"));
  const scripts = sum(parts("years/index.html", "script", "src"));
  if (styles === 0 || styles > 10 * KB) faults.push(`styles: ${styles} bytes`);
  if (scripts === 0 || scripts > 4 * KB) faults.push(`scripts: ${scripts} bytes`);
  none(faults);
});

test("a report's page is at most 25 KB", () => {
  const reports = allPages(portal).filter((page) => page.kind === "report");
  const heavy = reports.map(({ path }) => ({ path, size: packed(path) })).filter(({ size }) => size > 25 * KB);
  none(heavy.map(({ path, size }) => `${path}: ${size} bytes`));
});

test("no page has more than 700 links", () => {
  const count = (path) => elements(portal.document(path)).filter((element) => element.tagName === "a").length;
  const counts = allPages(portal).map(({ path }) => ({ path, links: count(path) }));
  none(counts.filter(({ links }) => links > 700).map(({ path, links }) => `${path}: ${links} links`));
});
