// The script of the search page, without a page: it folds, hashes and takes queries apart as the
// program does, and weighs what it may.

import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { test } from "node:test";
import { gzipSync } from "node:zlib";

const REPOSITORY = resolve(import.meta.dirname, "../..");
const SCRIPTS = join(REPOSITORY, "themes/default/static/js");
const { excerpt, folded, hash, parse } = await import(join(SCRIPTS, "search.js"));
const vectors = JSON.parse(readFileSync(join(REPOSITORY, "tests/vectors/search.json"), "utf8"));

const keys = (terms) => terms.map((term) => hash(term).map((half) => half.toString(16).padStart(8, "0")).join(""));

test("terms have the hashes of the vectors", () => {
  assert.ok(vectors.hash.length >= 10);
  for (const { term, key } of vectors.hash) assert.deepEqual(keys([term]), [key], term);
});

test("texts fold as in the vectors", () => {
  assert.ok(vectors.fold.length >= 10);
  for (const vector of vectors.fold) assert.equal(folded(vector.text, vector.mode === "page").text, vector.folded);
});

test("queries are taken apart as in the vectors", () => {
  assert.ok(vectors.query.length >= 10);
  for (const vector of vectors.query) {
    const query = parse(vector.text);
    const parts = query.parts.map(({ text, first, rest }) => ({ text, first: keys(first), rest: keys(rest) }));
    assert.deepEqual(parts, vector.parts, vector.text);
    assert.equal(query.letters || "", vector.letters);
    assert.deepEqual(query.letters ? keys(query.pinyin) : [], vector.pinyin);
  }
});

const marked = (text, ...parts) => {
  const { pieces, isWhole } = excerpt(text, parts);
  return [pieces.map((piece) => (piece.isMark ? `[${piece.text}]` : piece.text)).join(""), isWhole];
};

test("an excerpt marks what was asked for, as the page writes it", () => {
  assert.deepEqual(marked("标题\n全年“三公”经费支出 22 件。", "三公经费"), ["全年“[三公”经费]支出 22 件。…", true]);
  assert.deepEqual(marked("受理ＡＢ 22 件，共122件", "22件"), ["受理ＡＢ [22 件]，共122件…", true]);
  assert.deepEqual(marked("共122件", "22件"), ["", false]);
  assert.deepEqual(marked("甲乙 丙丁", "甲乙", "戊"), ["[甲乙] 丙丁…", false]);
});

test("the scripts of search have 8 KB at most", () => {
  const sizes = ["search.js", "search-box.js"].map((name) => gzipSync(readFileSync(join(SCRIPTS, name)), { level: 9 }).length);
  assert.ok(sizes[0] + sizes[1] <= 8192, `${sizes}`);
});
