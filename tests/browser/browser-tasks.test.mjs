// What a new reader comes for, done as a reader would: from the home page, by following links.

import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { MODES, launch, open } from "./browser.mjs";
import { builtPortal } from "./portal.mjs";
import { serve } from "./server.mjs";

let browser;
let server;

before(async () => {
  [browser, server] = await Promise.all([launch(), serve(builtPortal())]);
});

after(async () => {
  await browser?.close();
  await server?.close();
});

/// A page without scripts, on a small screen; `follow` counts the steps.
async function reader() {
  const { page, close } = await open(browser, `${server.origin}/`, { ...MODES.narrow, javaScriptEnabled: false });
  const follow = async (...names) => {
    for (const name of names) await page.getByRole("link", { name, exact: true }).first().click();
  };
  return { page, close, follow };
}

test("the staff figure of an office in 2012 is four steps from the home page", async () => {
  const { page, close, follow } = await reader();
  await follow("单位", "苍南县县城新区管理委员会", "2012年政府信息公开工作年度报告");
  const row = page.locator("tr", { hasText: "政府信息公开人员数" });
  assert.match(await row.first().innerText(), /未填报/u);
  assert.match(await page.locator("#f-staff_full_time").innerText(), /2/u);
  await close();
});

test("who has not reported for 2023 in 温州 is three steps away", async () => {
  const { page, close, follow } = await reader();
  await follow("2023年");
  const item = page.locator("#missing ~ ul li", { has: page.getByRole("link", { name: "温州市", exact: true }) });
  await item.last().getByRole("link", { name: /未见年报/u }).last().click();
  assert.match(page.url(), /wenzhou/u);
  const list = page.locator("[id='missing-2023']");
  assert.ok(await list.isVisible(), "the list is folded away");
  const names = await list.getByRole("link").allInnerTexts();
  assert.ok(names.length > 5, names.join(" "));
  await close();
});

test("what 部分公开 means is told in three steps", async () => {
  const { page, close, follow } = await reader();
  await follow("指标", "部分公开");
  assert.equal(await page.locator("h1").innerText(), "部分公开");
  assert.ok((await page.locator("header.page .lead").innerText()).length > 5);
  await close();
});
