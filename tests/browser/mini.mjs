// A portal of a few hand-written pages, to show that the tests find what they look for.

import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { Portal } from "./portal.mjs";

/// A page with what every page has.
export function html(title, main, { lang = "zh-CN", head = "" } = {}) {
  return `<!doctype html>
<html lang="${lang}">
<head><meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>${title}</title>${head}</head>
<body><main><h1>${title}</h1>${main}</main></body>
</html>
`;
}

const GOOD = {
  "index.html": html("首页", '<p><a href="zhejiang/">浙江</a> <a href="en/" lang="en" hreflang="en">English</a></p>'),
  "404.html": html("没有这一页", '<p><a href="/">首页</a></p>'),
  "en/index.html": html("Home", '<p><a href="../" hreflang="zh-CN">Home in Chinese</a></p>', { lang: "en" }),
  "zhejiang/index.html": html("浙江", '<p><a href="office/">办公室</a></p>'),
  "zhejiang/office/index.html": html("办公室", '<p><a href="2012/#f-total">2012年</a></p>'),
  "zhejiang/office/2012/index.html": html("办公室 2012年", '<p id="f-total">289</p>'),
  "zhejiang/office/2012/report.json": "{}",
};

/// Writes the pages, with some changed or added (or left out, as `undefined`), and removes them after
/// the test.
export function miniPortal(t, changes = {}, base = "/") {
  const folder = mkdtempSync(join(tmpdir(), "portal-"));
  t.after(() => rmSync(folder, { recursive: true }));
  for (const [path, text] of Object.entries({ ...GOOD, ...changes })) {
    if (text === undefined) continue;
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), text);
  }
  return new Portal(folder, base);
}
