// What a new reader comes for, done as a reader would: from the home page, by following links.

import assert from "node:assert/strict";
import { test } from "node:test";
import { MODES } from "./browser.mjs";
import { browsing } from "./harness.mjs";

const site = browsing();

/// A page without scripts, on a small screen; `follow` counts the steps.
async function reader(t) {
  const { page } = await site.open(t, "", { ...MODES.narrow, javaScriptEnabled: false });
  const follow = async (...names) => {
    for (const name of names) await page.getByRole("link", { name, exact: true }).first().click();
  };
  return { page, follow };
}

test("the staff figure of an office in 2012 is four steps from the home page", async (t) => {
  const { page, follow } = await reader(t);
  await follow("单位", "苍南县县城新区管理委员会", "2012年政府信息公开工作年度报告");
  const row = page.locator("tr", { hasText: "政府信息公开人员数" });
  assert.match(await row.first().innerText(), /未填报/u);
  assert.match(await page.locator("#f-staff_full_time").innerText(), /2/u);
});

test("who has not reported for 2023 in 温州 is three steps away", async (t) => {
  const { page, follow } = await reader(t);
  await follow("2023年");
  const item = page.locator("#missing ~ ul li", { has: page.getByRole("link", { name: "温州市", exact: true }) });
  await item.last().getByRole("link", { name: /未见年报/u }).last().click();
  assert.match(page.url(), /wenzhou/u);
  const list = page.locator("[id='missing-2023']");
  assert.ok(await list.isVisible(), "the list is folded away");
  const names = await list.getByRole("link").allInnerTexts();
  assert.ok(names.length > 5, names.join(" "));
});

test("what 部分公开 means is told in three steps", async (t) => {
  const { page, follow } = await reader(t);
  await follow("指标", "部分公开");
  assert.equal(await page.locator("h1").innerText(), "部分公开");
  assert.ok((await page.locator("header.page .lead").innerText()).length > 5);
});

test("the glossary tells it, too, and leads to the indicator and to the forms", async (t) => {
  const { page, follow } = await reader(t);
  await follow("名词解释");
  const term = page.locator("#term-granted_partial");
  assert.match(await term.innerText(), /部分公开[^]*一部分/u);
  assert.match(await page.locator("#mark-blank").innerText(), /未填报[^]*不等于零/u);
  const form = await term.getByRole("link").nth(1).getAttribute("href");
  assert.match(form, /forms\/[\w-]+\/#i-/u);
  await term.getByRole("link", { name: "部分公开", exact: true }).click();
  assert.equal(await page.locator("h1").innerText(), "部分公开");
});
