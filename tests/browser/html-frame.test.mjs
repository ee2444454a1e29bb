// The file tests find what they look for.

import assert from "node:assert/strict";
import { test } from "node:test";
import { brokenLinks, unreachedPages } from "./links.mjs";
import { html, miniPortal } from "./mini.mjs";
import { allPages, languageFolders, samplePages } from "./pages.mjs";
import { serve } from "./server.mjs";
import { markupFaults } from "./validity.mjs";

test("kinds and languages are read from the folders", (t) => {
  const portal = miniPortal(t, {
    "years/index.html": html("年份", ""),
    "years/2011/index.html": html("2011年", ""),
    "years/2012/index.html": html("2012年", "<p>更长的一页</p>"),
    "old/index.html": html("旧址", "", { head: '<meta http-equiv="refresh" content="0; url=/">' }),
    "fr/index.html": html("地名", ""),
  });
  assert.deepEqual(languageFolders(portal), ["en"]);
  const kinds = Object.fromEntries(allPages(portal).map((page) => [page.path, page.kind]));
  assert.equal(kinds["zhejiang/index.html"], "region");
  assert.equal(kinds["zhejiang/office/index.html"], "agency");
  assert.equal(kinds["zhejiang/office/2012/index.html"], "report");
  assert.equal(kinds["years/index.html"], "years");
  assert.equal(kinds["fr/index.html"], "other");
  assert.equal(kinds["old/index.html"], undefined);
  const samples = Object.fromEntries(samplePages(portal).map((page) => [page.name, page.path]));
  assert.equal(samples.year, "years/2012/index.html");
  assert.equal(samples["en home"], "en/index.html");
});

test("a sound portal has no broken links", (t) => {
  const portal = miniPortal(t);
  assert.deepEqual(brokenLinks(portal), []);
  assert.deepEqual(unreachedPages(portal), []);
});

test("broken links and anchors are found, each with its place", (t) => {
  const portal = miniPortal(t, {
    "en/index.html": html(
      "Home",
      `<a href="nowhere/">1</a> <a href="../zhejiang">2</a> <a href="../zhejiang/office/2012/#f-other">3</a>
       <img src="missing.png" alt=""> <a href="https://elsewhere.example/x">fine</a> <a href="javascript:0">4</a>`,
    ),
    "site.css": "a { background: url(missing.svg) }",
    "sitemap.xml": "<urlset><url><loc>http://portal.invalid/gone/</loc></url></urlset>",
  });
  assert.deepEqual(brokenLinks(portal), [
    "en/index.html:4: nowhere/ leads to no file",
    "en/index.html:4: ../zhejiang lacks its final slash",
    "en/index.html:4: ../zhejiang/office/2012/#f-other names no place in zhejiang/office/2012/index.html",
    "en/index.html:5: missing.png leads to no file",
    "en/index.html:5: javascript:0 has the scheme javascript:",
    "site.css: http://portal.invalid/missing.svg leads to no file",
    "sitemap.xml: http://portal.invalid/gone/ leads to no file",
  ]);
});

test("a link that forgets the path of the portal is found", (t) => {
  const portal = miniPortal(t, {}, "https://example.org/portal/");
  assert.deepEqual(brokenLinks(portal), ["404.html:4: / leads out of /portal/"]);
});

test("a page that nothing leads to is found", (t) => {
  const portal = miniPortal(t, { "alone/index.html": html("独页", "") });
  assert.deepEqual(unreachedPages(portal), ["alone/index.html"]);
});

test("invalid markup is found", async () => {
  assert.deepEqual(await markupFaults("a.html", html("甲", "<p>乙</p>")), []);
  const faults = await markupFaults("a.html", html("甲", "<p><div>乙</div></p>"));
  assert.match(faults.join("\n"), /^a\.html:4:/u);
});

test("the server answers as a static host does", async (t) => {
  const portal = miniPortal(t, { "图.svg": "<svg/>" }, "/portal/");
  const server = await serve(portal);
  t.after(() => server.close());
  const answer = (path) => fetch(server.origin + path, { redirect: "manual" });

  const home = await answer("/portal/");
  assert.equal(home.status, 200);
  assert.equal(home.headers.get("content-type"), "text/html; charset=utf-8");
  assert.match(home.headers.get("content-security-policy"), /default-src 'none'/u);
  assert.equal((await answer("/portal/%E5%9B%BE.svg")).headers.get("content-type"), "image/svg+xml");

  const folder = await answer("/portal/zhejiang");
  assert.equal(folder.status, 301);
  assert.equal(folder.headers.get("location"), "/portal/zhejiang/");

  const missing = await answer("/portal/gone/");
  assert.equal(missing.status, 404);
  assert.match(await missing.text(), /没有这一页/u);
  assert.equal((await answer("/")).status, 404);
  assert.equal((await answer("/portal/..%2f..%2fetc/passwd")).status, 404);
});
