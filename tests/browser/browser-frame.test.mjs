// The browser tests find what they look for.

import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { violations } from "./axe.mjs";
import { MODES, launch, open } from "./browser.mjs";
import { html, miniPortal } from "./mini.mjs";
import { serve } from "./server.mjs";

let browser;

before(async () => {
  browser = await launch();
});

after(() => browser?.close());

async function opened(t, main, head = "") {
  const portal = miniPortal(t, {
    "index.html": html("首页", main, { head }),
    "fail.js": "undefined.x;",
    "log.js": "console.error('no');",
  });
  const server = await serve(portal);
  t.after(() => server.close());
  const result = await open(browser, `${server.origin}/`, MODES.light, "networkidle");
  t.after(() => result.close());
  return result;
}

test("a sound page has no faults", async (t) => {
  const { page, faults } = await opened(t, "<p>好</p>");
  assert.deepEqual(faults, []);
  assert.deepEqual(await violations(page), []);
});

for (const [what, main, head, expected] of [
  ["a request to another host", '<img src="https://elsewhere.example/x.png" alt="">', "", /request to another host: https:\/\/elsewhere\.example/u],
  ["a missing file", '<img src="/x.png" alt="">', "", /failed request: .*\/x\.png \(404\)/u],
  ["an inline style", '<p style="color: red">红</p>', "", /console error: .*[Ss]tyle/u],
  ["an inline script", "", "<script>1</script>", /console error: .*script/u],
  ["a script that fails", "", '<script src="/fail.js"></script>', /script error: /u],
  ["a logged error", "", '<script src="/log.js"></script>', /console error: no/u],
]) {
  test(`${what} is found`, async (t) => {
    const { faults } = await opened(t, main, head);
    assert.match(faults.join("\n"), expected);
  });
}

test("axe finds a picture without words", async (t) => {
  const { page } = await opened(t, '<img src="data:image/gif;base64,R0lGODlhAQABAAAAACw=">');
  assert.match((await violations(page)).join("\n"), /^image-alt: /mu);
});

test("axe looks into what is folded away", async (t) => {
  const { page } = await opened(t, '<details><summary>更多</summary><img src="data:,"></details>');
  assert.match((await violations(page)).join("\n"), /^image-alt: /mu);
});
