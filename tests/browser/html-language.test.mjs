// What is in another language than its page says so (WCAG 3.1.2): it is then pronounced, broken and
// drawn as its language asks.

import { test } from "node:test";
import { attribute, elements, line } from "./document.mjs";
import { none } from "./faults.mjs";
import { allPages } from "./pages.mjs";
import { builtPortal } from "./portal.mjs";

const portal = builtPortal();

const HAN = /\p{Script=Han}/u;
/// Four words in a row: a sentence, not a name or an abbreviation.
const LATIN_PROSE = /\p{Script=Latin}[\p{Script=Latin}’'-]*(?:[ ,;:]+\p{Script=Latin}[\p{Script=Latin}’'-]*){3}/u;
const LATIN_WORD = /\p{Lowercase}{3}/u;
const UNREAD = new Set(["script", "style", "template"]);
/// Attributes that are read out or shown; so are the contents of some <meta>.
const SPOKEN = ["aria-label", "alt", "title", "placeholder", "label", "data-done"];
const SPOKEN_META = new Set(["description", "og:title", "og:description", "og:site_name"]);
/// Where names stand that are no words of a language: addresses, codes, words to be typed.
const NO_LANGUAGE = new Set(["code", "kbd", "samp", "pre"]);

/// Every text of a page with the language it is said to be in, and where it stands.
function texts(page) {
  const found = [];
  const visit = (node, lang, inert) => {
    if (node.nodeName === "#text") {
      const words = node.value.trim();
      if (words && !inert.unread) found.push({ words, lang, inert: inert.code, at: node.parentNode });
      return;
    }
    if (node.tagName) {
      lang = (attribute(node, "lang") ?? lang).toLowerCase();
      inert = {
        unread: inert.unread || UNREAD.has(node.tagName),
        code: inert.code || NO_LANGUAGE.has(node.tagName),
      };
      const meta = attribute(node, "name") ?? attribute(node, "property");
      for (const name of SPOKEN_META.has(meta) ? ["content"] : SPOKEN) {
        const words = attribute(node, name)?.trim();
        if (words) found.push({ words, lang, inert: inert.code, at: node, name });
      }
    }
    for (const child of node.content?.childNodes ?? node.childNodes ?? []) visit(child, lang, inert);
  };
  visit(portal.document(page.path), "", { unread: false, code: false });
  return found;
}

const said = new Map(allPages(portal).map((page) => [page, texts(page)]));
const languageOf = (page) => attribute(elements(portal.document(page.path))[0], "lang").toLowerCase();

/// The texts of the pages in a language that are in it, or not, and yet written as `isFault` says.
function faults(isOfLanguage, isFault) {
  const found = [];
  for (const [page, all] of said) {
    if (!isOfLanguage(languageOf(page))) continue;
    for (const text of all.filter(isFault)) {
      const where = text.name ? `${text.at.tagName} ${text.name}` : text.at.tagName;
      found.push(`${page.path}:${line(text.at)}: ${where}: ${text.words.replace(/\s+/gu, " ").slice(0, 80)}`);
    }
  }
  return found;
}

const isChinese = (lang) => lang === "zh" || lang.startsWith("zh-");

test("Chinese on pages in other languages is marked as Chinese", () => {
  none(
    faults(
      (page) => !isChinese(page),
      (text) => HAN.test(text.words) && !isChinese(text.lang),
    ),
  );
});

test("what pages in other languages mark as Chinese is Chinese", () => {
  none(
    faults(
      (page) => !isChinese(page),
      (text) => isChinese(text.lang) && !text.inert && !HAN.test(text.words) && LATIN_WORD.test(text.words),
    ),
  );
});

test("Chinese pages hold no sentence of another script that is not marked", () => {
  none(
    faults(isChinese, (text) => isChinese(text.lang) && !text.inert && LATIN_PROSE.test(text.words)),
  );
});
