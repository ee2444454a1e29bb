// A portal with the pages that only many agencies bring: further parts of lists, a region's years.

import { execFileSync } from "node:child_process";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { after } from "node:test";
import { allPages } from "./pages.mjs";
import { Portal } from "./portal.mjs";
import { program } from "./preview.mjs";

/// More than one page lists.
const AGENCIES = 104;

/// The kinds of page that small portals lack, and one whose table is empty in them.
const KINDS = ["region-part", "region-year", "year-part", "revisions"];

/// Builds it, in two languages, and removes it after the tests of the calling file.
export function largePortal() {
  const folder = mkdtempSync(join(tmpdir(), "large-"));
  after(() => rmSync(folder, { recursive: true }));
  for (const [name, text] of files()) {
    mkdirSync(dirname(join(folder, name)), { recursive: true });
    writeFileSync(join(folder, name), text);
  }
  execFileSync(program(), ["build", "--quiet", "--site", folder], { stdio: ["ignore", "ignore", "inherit"] });
  return new Portal(join(folder, "public"));
}

/// A page of each kind that small portals lack, in each language; those that are not there as well.
export function largeSamples(portal) {
  const pages = allPages(portal);
  return ["", "en"].flatMap((language) =>
    KINDS.map((kind) => ({
      ...pages.find((page) => page.kind === kind && page.language === language),
      name: language ? `${language} ${kind}` : kind,
    })),
  );
}

function* files() {
  yield ["site.toml", 'title = {zh = "年报", en = "Reports"}\nlanguages = ["zh-CN", "en"]\n'];
  yield ["content/county/_index.md", "---\nkind: region\nname: {zh: 某县, en: A county}\n---\n"];
  yield ["content/county/town/_index.md", "---\nkind: region\nname: {zh: 某镇, en: A town}\n---\n"];
  for (let at = 1; at <= AGENCIES; at += 1) {
    // Few lie in a region of the region.
    const agency = `content/county/${at > 3 ? "" : "town/"}office-${at}`;
    yield [`${agency}/_index.md`, `---\nkind: agency\nname: {zh: 第${at}局, en: Office ${at}}\n---\n`];
    yield [`${agency}/2012.md`, report("proactive_total: 289, proactive_web: 298")];
  }
  const changes = "revisions: [{date: 2014-03-01, why: 录入错误, changes: {budget: {from: 5, to: 6}}}]\n";
  yield ["content/county/office-9/2013.md", report("budget: 6", changes)];
}

function report(figures, more = "") {
  return `---\ntitle: 年报\nform: zj-2012\nstatistics: {${figures}}\n${more}---\n正文\n`;
}
