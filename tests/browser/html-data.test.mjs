// The data files can be read by programs.

import assert from "node:assert/strict";
import { test } from "node:test";
import { builtPortal } from "./portal.mjs";

const portal = builtPortal();
const files = (extension) => [...portal.files].filter((path) => path.endsWith(extension));

test("every JSON file is JSON", () => {
  assert.ok(files(".json").length > 0);
  for (const path of files(".json")) {
    assert.doesNotThrow(() => JSON.parse(portal.read(path).toString("utf8")), path);
  }
});

test("every row of a CSV file has as many fields as its header", () => {
  assert.ok(files(".csv").length > 0);
  for (const path of files(".csv")) {
    const [header, ...rows] = csv(portal.read(path).toString("utf8"));
    assert.equal(new Set(header).size, header.length, `${path}: two columns have one name`);
    assert.ok(rows.length > 0, `${path}: no rows`);
    const bad = rows.findIndex((row) => row.length !== header.length);
    assert.equal(bad, -1, `${path}: row ${bad + 2} has another number of fields than the header`);
  }
});

/// Rows of fields, after RFC 4180.
function csv(source) {
  const rows = [[]];
  const field = /(?:"((?:[^"]|"")*)"|([^",\r\n]*))(,|\r?\n|$)/uy;
  const input = source.replace(/^\uFEFF/u, "");
  while (field.lastIndex < input.length) {
    const at = field.lastIndex;
    const match = field.exec(input);
    assert.ok(match, `no field at character ${at}`);
    rows.at(-1).push(match[1]?.replaceAll('""', '"') ?? match[2]);
    if (match[3] !== "," && field.lastIndex < input.length) rows.push([]);
  }
  return rows;
}
