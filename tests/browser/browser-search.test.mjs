// The search page of this repository's portal in Chromium: what is found, and what happens on the way.

import assert from "node:assert/strict";
import { test } from "node:test";
import { violations } from "./axe.mjs";
import { MODES } from "./browser.mjs";
import { none } from "./faults.mjs";
import { browsing } from "./harness.mjs";

const site = browsing();

/// Opens the search page; `find` asks for something and waits for the answer.
async function search(t, query = "", options = MODES.light) {
  const opened = await site.open(t, `search/${query}`, options, "networkidle");
  // However slow the machine is: an answer, or what stands in its place.
  if (query) await opened.page.waitForFunction(() => document.querySelector(".finder [role=status]").textContent);
  return opened;
}

const asking = (query) => `?q=${encodeURIComponent(query)}`;
const status = (page) => page.locator(".finder [role=status]");
const links = (page, list) => page.$$eval(`.finder ${list} a`, (all) => all.map((link) => new URL(link.href).pathname));
const below = (path) => site.portal.base.pathname + path;

const XINCHENG = "zhejiang/wenzhou/cangnan/xincheng/";
const SHANGHAI = "shanghai/government/";
const CASES = [
  // Words, and substrings that cross the borders of words.
  ["拆迁安置", { page: `${XINCHENG}2012/` }],
  ["息公开目", { page: `${XINCHENG}2012/`, partial: true }],
  ["公开栏", { page: `${XINCHENG}2012/` }],
  ["开栏，用网", { page: `${XINCHENG}2012/` }],
  ["任务分到各科室，由科室梳理", { page: `${XINCHENG}2012/` }],
  ["不足和下一步", { page: `${XINCHENG}2012/` }],
  ["空白不等于零", { page: `${XINCHENG}2012/` }],
  ["规范性文件707", { page: `${SHANGHAI}2023/` }],
  ["保密审查 财务收支", { page: `${XINCHENG}2012/` }],
  // Names, short names, other names.
  ["苍南县县城新区管理委员会", { agency: XINCHENG }],
  ["县城新区", { agency: XINCHENG }],
  ["苍南县城新区工程建设指挥部", { agency: XINCHENG }],
  ["管委会", { agency: XINCHENG }],
  ["温州市龙湾区住房和城乡建设局", { agency: "zhejiang/wenzhou/longwan/construction-bureau/" }],
  ["青浦区教育局", { agency: "shanghai/qingpu/education-bureau/" }],
  ["苍南 环保", { agency: "zhejiang/wenzhou/cangnan/environmental-protection-bureau/" }],
  ["大峃镇", { agency: "zhejiang/wenzhou/wencheng/daxue/" }],
  // Pinyin: whole, parts, initials; readings of place names.
  ["cangnan", { agency: "zhejiang/wenzhou/cangnan/environmental-protection-bureau/" }],
  ["cnxcxq", { agency: XINCHENG }],
  ["cnxxcxqgwh", { agency: XINCHENG }],
  ["Cang Nan Xian", { agency: "zhejiang/wenzhou/cangnan/environmental-protection-bureau/" }],
  ["xiamen", { agency: "fujian/xiamen/statistics-bureau/" }],
  ["mingao", { agency: "zhejiang/wenzhou/yongjia/mingao/" }],
  ["shslyq", { missing: "shslyq" }],
  // Numbers with their units, with and without what groups digits.
  ["34290件", { page: `${SHANGHAI}2023/` }],
  ["34,290件", { page: `${SHANGHAI}2023/` }],
  ["54场", { page: `${SHANGHAI}2023/` }],
  ["290件", { not: `${SHANGHAI}2023/` }],
  ["59237.2449", { page: "jiangsu/suqian/government/2023/" }],
  ["123456789件", { missing: "123456789件" }],
  // Quotation marks, full-width digits, other forms.
  ["《2012年政府信息公开情况统计表》", { page: `${XINCHENG}2012/` }],
  ["“县城新区”，审核人", { page: `${XINCHENG}2012/` }],
  ["３４２９０件", { page: `${SHANGHAI}2023/` }],
  ["ＧＢ-2021", { page: "forms/gb-2021/" }],
  // Traditional characters.
  ["拆遷安置", { page: `${XINCHENG}2012/`, note: "拆迁安置" }],
  ["溫州市商務局", { agency: "zhejiang/wenzhou/commerce-bureau/", note: "温州市商务局" }],
  // English, one character, nonsense, nothing.
  ["Wenzhou Municipal Bureau of Commerce", { agency: "zhejiang/wenzhou/commerce-bureau/" }],
  ["Cangnan Environmental", { agency: "zhejiang/wenzhou/cangnan/environmental-protection-bureau/" }],
  ["峃", { agency: "zhejiang/wenzhou/wencheng/daxue/" }],
  ["饕餮盛宴", { missing: "饕餮盛宴" }],
  ["拆迁安置 饕餮", { missing: "饕餮", without: "拆迁安置" }],
  ["，。！", { nothing: true }],
  ["qwertyuiop", { missing: "qwertyuiop" }],
];

test("the list is long enough", () => assert.ok(CASES.length >= 40));

for (const [query, expected] of CASES) {
  test(`finds ${query}`, async (t) => {
    const { page, faults } = await search(t, asking(query));
    none(faults);
    const isHit = expected.page || expected.agency;
    if (isHit) await page.waitForSelector(expected.page ? ".results a" : ".finder ul a");
    const [direct, results] = [await links(page, "ul"), await links(page, ".results")];
    if (expected.agency) assert.equal(direct[0], below(expected.agency), `${direct}`);
    if (expected.page) assert.ok(results.includes(below(expected.page)), `${results}`);
    if (expected.not) assert.ok(!results.includes(below(expected.not)), `${results}`);
    const said = await page.textContent(".finder");
    if (expected.missing || expected.nothing) assert.deepEqual([direct, results], [[], []]);
    if (expected.missing) assert.ok(said.includes(`“${expected.missing}”`), said);
    if (expected.note) assert.ok(said.includes(`“${expected.note}”`), said);
    if (expected.without) {
      await page.click(`.finder p a:has-text("${expected.without}")`);
      await page.waitForSelector(".results a");
      assert.equal(await page.inputValue("#q"), expected.without);
    }
    if (expected.page && !expected.partial) {
      const item = page.locator(".results li", { has: page.locator(`a[href*="${expected.page}"]`) }).first();
      await item.scrollIntoViewIfNeeded();
      await item.locator("mark").first().waitFor();
    }
  });
}

test("a result is marked where the page has the words, and leads there", async (t) => {
  const { page } = await search(t, asking("空白不等于零"));
  const item = page.locator(".results li").first();
  await item.locator("mark").waitFor();
  assert.equal(await item.locator("mark").textContent(), "空白不等于零");
  assert.match(await item.locator("a").getAttribute("href"), /#:~:text=%E7%A9%BA/u);
  assert.match(await status(page).textContent(), /约\d条/u);
});

test("words that stand apart are a partial match, after the others", async (t) => {
  const { page } = await search(t, asking("公开公示"));
  await page.waitForTimeout(500);
  const tags = await page.$$eval(".results li", (items) => items.map((item) => item.querySelectorAll("mark").length > 0));
  assert.deepEqual(tags, [...tags].sort((a, b) => b - a), "what has the words comes first");
});

test("nothing is asked for while characters are composed", async (t) => {
  const { page, faults } = await search(t);
  const requests = [];
  page.on("request", (request) => requests.push(request.url()));
  const devtools = await page.context().newCDPSession(page);
  await page.focus("#q");
  for (const text of ["g", "go", "gong", "gong'k", "gong'kai"]) {
    await devtools.send("Input.imeSetComposition", { text, selectionStart: text.length, selectionEnd: text.length });
    await page.waitForTimeout(120);
  }
  await page.evaluate(() => {
    const enter = new KeyboardEvent("keydown", { key: "Enter", keyCode: 229, isComposing: true, bubbles: true, cancelable: true });
    globalThis.wasStopped = !document.querySelector("#q").dispatchEvent(enter);
  });
  await page.waitForTimeout(300);
  assert.deepEqual(requests, []);
  assert.ok(await page.evaluate(() => globalThis.wasStopped), "Enter belongs to the input method");
  await devtools.send("Input.insertText", { text: "公开栏" });
  await page.waitForSelector(".results a");
  assert.equal(new URL(page.url()).searchParams.get("q"), "公开栏");
  none(faults);
});

test("typing replaces the address, submitting adds to the history, back restores", async (t) => {
  const { page, faults } = await search(t);
  const length = () => page.evaluate(() => history.length);
  const begin = await length();
  await page.fill("#q", "拆迁");
  await page.waitForFunction(() => location.search.includes("q="));
  assert.equal(await length(), begin);
  await page.press("#q", "Enter");
  await page.fill("#q", "苍南");
  await page.press("#q", "Enter");
  await page.waitForSelector(".finder ul a");
  await page.goBack();
  await page.waitForFunction(() => document.querySelector("#q").value === "拆迁");
  await page.waitForSelector(".results a");
  await page.goForward();
  await page.waitForFunction(() => document.querySelector("#q").value === "苍南");
  await page.waitForSelector(".finder ul a");
  none(faults);
});

test("a text that is emptied leaves the ways to browse", async (t) => {
  const { page } = await search(t, asking("拆迁"));
  assert.equal(await page.isVisible("#by-region"), false);
  await page.fill("#q", "");
  await page.waitForSelector("#by-region");
  assert.deepEqual(await links(page, ".results"), []);
  assert.equal(await status(page).textContent(), "");
});

test("boxes narrow results down, and say how many there are", async (t) => {
  const { page, faults } = await search(t, asking("公开"));
  const count = async () => Number((await status(page).textContent()).replace(/\D/gu, ""));
  const all = await count();
  await page.click(".finder summary");
  const box = page.locator('input[name=year][value="2018"]');
  await box.waitFor();
  const label = page.locator("label", { has: box });
  const expected = Number(await label.locator(".small").textContent());
  assert.ok(expected > 0 && expected < all);
  await box.focus();
  await page.keyboard.press("Space");
  await page.waitForFunction((all) => Number(document.querySelector(".finder [role=status]").textContent.replace(/\D/gu, "")) < all, all);
  assert.equal(await count(), expected);
  assert.equal(new URL(page.url()).searchParams.get("year"), "2018");
  assert.ok((await links(page, ".results")).every((path) => path.endsWith("/2018/")));
  await page.waitForFunction(() => document.activeElement?.value === "2018", null, { timeout: 5000 });

  await page.click('label:has(input[name=region][value="zhejiang"])');
  await page.waitForFunction(() => location.search.includes("region=zhejiang"));
  await page.waitForSelector('input[name=region][value="zhejiang/wenzhou/yongjia"]');
  assert.ok((await links(page, ".results")).every((path) => path.startsWith(below("zhejiang/"))));
  await page.goBack();
  await page.goBack();
  await page.waitForFunction((all) => document.querySelector(".finder [role=status]").textContent.includes(String(all)), all);
  none(faults);
});

test("a narrowed address can be passed on", async (t) => {
  const { page, faults } = await search(t, `${asking("公开")}&level=township&year=2018&form=gb-2014`);
  await page.waitForSelector("input[name=level][value=township]:checked");
  assert.ok((await links(page, ".results")).length > 0);
  const { page: agency } = await search(t, `${asking("公开")}&agency=zhejiang/wenzhou/yongjia/mingao`);
  assert.deepEqual([...new Set(await links(agency, ".results"))], [below("zhejiang/wenzhou/yongjia/mingao/2018/")]);
  none(faults);
});

test("a query is text, whatever it says", async (t) => {
  for (const query of ['<img src=x onerror="alert(1)">', "</title><script>alert(1)</script>", "javascript:alert(1)", "%00%", "$& $1"]) {
    const { page, faults } = await search(t, asking(query));
    none(faults);
    assert.equal(await page.inputValue("#q"), query);
    assert.equal(await page.locator("main img, main script").count(), 0);
  }
});

test("on a slow network it says that it searches, and then what it found", async (t) => {
  const { page, faults } = await search(t);
  await page.route("**/search/**/*.bin*", async (route) => {
    await new Promise((done) => setTimeout(done, 700));
    await route.continue();
  });
  await page.fill("#q", "拆迁安置");
  await page.waitForSelector(`.finder p:has-text("……")`);
  await page.waitForSelector(".results a");
  assert.equal(await page.locator(`.finder p:has-text("正在")`).count(), 0);
  none(faults);
});

test("what was said stays when the titles are slow to come", async (t) => {
  const { page } = await search(t);
  await page.route("**/search/*/c/*.bin*", async (route) => {
    await new Promise((done) => setTimeout(done, 900));
    await route.continue();
  });
  await page.fill("#q", "拆遷安置");
  await page.waitForSelector(".results a");
  assert.equal(await page.locator('.finder p:has-text("“拆迁安置”")').count(), 1);
});

test("an answer that comes late does not replace a newer one", async (t) => {
  const { page } = await search(t);
  let isFirst = true;
  await page.route("**/search/**/*.bin*", async (route) => {
    if (isFirst) await new Promise((done) => setTimeout(done, 800));
    await route.continue();
  });
  await page.fill("#q", "公开");
  await page.waitForTimeout(350);
  isFirst = false;
  await page.fill("#q", "饕餮");
  await page.waitForSelector('.finder p:has-text("饕餮")');
  await page.waitForTimeout(1000);
  assert.deepEqual(await links(page, ".results"), []);
});

test("after a new deploy the index is looked up anew, once", async (t) => {
  const { page } = await search(t);
  let refused = 0;
  let metas = 0;
  page.on("request", (request) => { metas += request.url().endsWith("meta.json"); });
  await page.route("**/search/**/d/*.bin*", (route) => (refused++ === 0 ? route.fulfill({ status: 404, body: "gone" }) : route.continue()));
  await page.fill("#q", "拆迁安置");
  await page.waitForSelector(".results a");
  assert.ok(refused > 1 && metas === 2, `${refused}, ${metas}`);
});

test("a host that sends a page for a missing file is found out, and one can try again", async (t) => {
  const { page } = await search(t);
  await page.route("**/search/**/d/*.bin*", (route) => route.fulfill({ status: 200, contentType: "text/html", body: "<!doctype html><p>404" }));
  await page.fill("#q", "拆迁安置");
  await page.waitForSelector(".finder p button");
  await page.unroute("**/search/**/d/*.bin*");
  await page.click(".finder p button");
  await page.waitForSelector(".results a");
});

test("without a network it says so, and goes on when there is one", async (t) => {
  const { page } = await search(t);
  await page.context().setOffline(true);
  await page.fill("#q", "拆迁安置");
  await page.waitForSelector(".finder p button");
  await page.context().setOffline(false);
  await page.click(".finder p button");
  await page.waitForSelector(".results a");
});

test("the slash leads to the box on every page, and its form to the search page", async (t) => {
  const { page, faults } = await site.open(t, "", MODES.light, "networkidle");
  await page.keyboard.press("/");
  assert.equal(await page.evaluate(() => document.activeElement.name), "q");
  await page.keyboard.type("拆迁安置");
  await page.keyboard.press("Enter");
  await page.waitForURL(/\/search\/\?q=/u);
  await page.waitForSelector(".results a");
  none(faults);
});

test("more results come by a button, and the first of them is reached", async (t) => {
  const { page } = await search(t, asking("公开"));
  const before = (await links(page, ".results")).length;
  await page.click(".finder > button");
  await page.waitForFunction((before) => document.querySelectorAll(".results a").length > before, before);
  assert.ok(await page.evaluate(() => document.activeElement.matches(".results a")));
});

test("without scripts the page offers ways to browse", async (t) => {
  const { page, faults } = await site.open(t, "search/", { ...MODES.light, javaScriptEnabled: false });
  for (const id of ["by-initial", "by-region", "by-year", "by-indicator"]) assert.ok(await page.isVisible(`#${id}`), id);
  none(faults);
});

for (const mode of Object.keys(MODES)) {
  test(`axe finds nothing with results, without, and with boxes, ${mode}`, async (t) => {
    for (const query of [asking("公开"), asking("饕餮"), asking("cangnan"), `${asking("公开")}&year=2018&region=zhejiang`]) {
      const { page } = await search(t, query, MODES[mode]);
      // Opens the boxes, and waits for them.
      none(await violations(page));
      await page.waitForTimeout(400);
      none(await violations(page));
      const wide = await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
      assert.equal(wide, 0, "nothing is wider than the screen");
    }
  });
}
