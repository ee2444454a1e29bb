// What every page of the portal must be, read from the files.

import assert from "node:assert/strict";
import { test } from "node:test";
import { attribute, elements, line, text } from "./document.mjs";
import { none } from "./faults.mjs";
import { REQUIRED, allPages, languageFolders } from "./pages.mjs";
import { builtPortal } from "./portal.mjs";

const portal = builtPortal();
const pages = allPages(portal);
const parsed = pages.map((page) => ({ ...page, elements: elements(portal.document(page.path)) }));

const named = (page, name) => page.elements.filter((element) => element.tagName === name);

function nonePage(holds, problem) {
  const bad = parsed.filter((page) => !holds(page)).map((page) => `${page.path}: ${problem(page)}`);
  none(bad);
}

test("every kind of page is there, in every language", () => {
  for (const language of ["", ...languageFolders(portal)]) {
    const kinds = new Set(pages.filter((page) => page.language === language).map((page) => page.kind));
    const missing = REQUIRED.filter((kind) => !kinds.has(kind));
    none(missing.map((kind) => `${kind} is missing in ${language || "the first language"}`));
  }
  assert.ok(portal.files.has("404.html"), "there is no 404.html");
});

test("every page says its language and its encoding", () => {
  nonePage(
    (page) => /^[a-z]{2,3}(-[A-Za-z0-9]+)*$/u.test(attribute(page.elements[0], "lang") ?? ""),
    () => "no lang on <html>",
  );
  nonePage(
    (page) => named(page, "meta").some((meta) => attribute(meta, "charset")?.toLowerCase() === "utf-8"),
    () => "no <meta charset>",
  );
  nonePage(
    (page) => portal.document(page.path).mode === "no-quirks",
    () => "no doctype",
  );
});

test("every page has one h1 with words in it", () => {
  nonePage(
    (page) => named(page, "h1").length === 1 && text(named(page, "h1")[0]) !== "",
    (page) => `${named(page, "h1").length} h1`,
  );
});

test("every page has a title of its own", () => {
  const seen = new Map();
  const faults = [];
  for (const page of parsed) {
    const titles = named(page, "title").filter((title) => title.parentNode.tagName === "head").map(text);
    if (titles.length !== 1 || titles[0] === "") faults.push(`${page.path}: ${titles.length} titles`);
    const other = seen.get(titles[0]);
    if (other) faults.push(`${page.path}: has the title of ${other}: ${titles[0]}`);
    else seen.set(titles[0], page.path);
  }
  none(faults);
});

test("no page shows the name of a message, or of its parts, in place of words", () => {
  const faults = [];
  for (const page of parsed) {
    for (const element of page.elements) {
      const own = element.childNodes.filter((node) => node.nodeName === "#text").map((node) => node.value.trim());
      const names = own.filter((words) => /^[a-z]+(-[a-z]+)+[。.]?$/u.test(words) || words.includes("{$"));
      if (element.tagName !== "code") faults.push(...names.map((name) => `${page.path}:${line(element)}: ${name}`));
    }
  }
  none(faults);
});

test("no page holds a style or a script of its own", () => {
  nonePage(
    (page) =>
      page.elements.every(
        (element) =>
          element.tagName !== "style" &&
          !element.attrs.some((attr) => attr.name === "style" || /^on/u.test(attr.name)) &&
          (element.tagName !== "script" ||
            attribute(element, "src") !== undefined ||
            /json$/u.test(attribute(element, "type") ?? "")),
      ),
    () => "inline style or script",
  );
});
