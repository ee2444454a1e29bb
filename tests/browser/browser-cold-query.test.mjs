// What a first query costs in Chromium: how many requests, how many bytes.
//
// PORTAL_LARGE  a portal of many made-up reports, to measure too:
//               cargo run --release --example synthetic-site -- --reports 10000 --out site && glasshouse build --site site
// The portal of this repository is always measured.

import assert from "node:assert/strict";
import { existsSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { browsing } from "./harness.mjs";
import { Portal, builtPortal } from "./portal.mjs";

const MOST_REQUESTS = 15;
const MOST_BYTES = 150_000;

// Each query opens a window of its own: of the small portal a few are enough.
const small = [["this portal", builtPortal(), 7]];
const large = process.env.PORTAL_LARGE ? [["a large portal", largePortal(process.env.PORTAL_LARGE), 40]] : [];

for (const [name, portal, most] of [...small, ...large]) {
  const site = browsing(portal);
  const queries = words(portal).slice(0, most);

  test(`a cold query of ${name} is within its budget`, async (t) => {
    const costs = [];
    for (const query of queries) costs.push({ query, ...(await cost(t, site, query)) });
    const worst = (key) => costs.reduce((left, right) => (left[key] < right[key] ? right : left));
    const sorted = costs.map(({ bytes }) => bytes).sort((a, b) => a - b);
    t.diagnostic(
      `${queries.length} queries: bytes ${sorted[Math.floor(sorted.length / 2)]} (half), ` +
        `${sorted[Math.floor(sorted.length * 0.9)]} (nine in ten), ${worst("bytes").bytes} (all); ` +
        `requests at most ${worst("requests").requests}`,
    );
    for (const { query, requests, bytes } of costs) {
      assert.ok(requests > 0, `${query}: nothing was asked for`);
      assert.ok(requests <= MOST_REQUESTS && bytes <= MOST_BYTES, `${query}: ${requests} requests, ${bytes} bytes`);
    }
  });
}

/// The portal in a folder; that it is named means that it is there.
function largePortal(folder) {
  assert.ok(existsSync(join(folder, "search/meta.json")), `${folder} is no built portal with search`);
  return new Portal(folder);
}

/// What readers may ask: frequent and rare words, long phrases, numbers, pinyin, and pieces of a report.
function words(portal) {
  const report = [...portal.files].filter((path) => path.endsWith("report.json"));
  const page = report[Math.floor(report.length / 2)].replace(/report\.json$/u, "index.html");
  const prose = portal.read(page).toString("utf8").replace(/<[^>]+>/gu, " ").match(/\p{Script=Han}{8,}/gu);
  const pieces = prose.filter((_, at) => at % 5 === 0).slice(0, 31);
  assert.ok(pieces.length > 4, `${page} has too little text`);
  return ["政府信息公开", "公开", "依申请公开 收费", "22件", "gongan", "饕餮", pieces[0], "年度报告", "部分公开", "的", ...pieces.slice(1)];
}

/// Asks once in a new window without a cache, and counts what the index costs until the answer stands.
async function cost(t, site, query) {
  const page = await site.window(t);
  const answers = [];
  page.on("response", (response) => {
    if (/\/search\/.*\.(?:bin|json|txt)/u.test(response.url())) answers.push(response.body());
  });
  await page.goto(site.at(`search/?q=${encodeURIComponent(query)}`), { waitUntil: "networkidle" });
  await page.waitForFunction(() => document.querySelector(".finder [role=status]").textContent);
  const bodies = await Promise.all(answers);
  await page.close();
  return { requests: bodies.length, bytes: bodies.reduce((sum, body) => sum + body.length, 0) };
}
