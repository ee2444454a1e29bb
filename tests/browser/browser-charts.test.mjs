// The gallery of charts: every kind, with ordinary, extreme and missing figures, on a site made for it.

import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, test } from "node:test";
import { violations } from "./axe.mjs";
import { MODES, launch, open } from "./browser.mjs";
import { none } from "./faults.mjs";
import { Portal, builtPortal } from "./portal.mjs";
import { program } from "./preview.mjs";
import { serve } from "./server.mjs";

const CASES = ["ordinary", "extreme", "missing"];
const KINDS = "line columns bars stack shares flow waffle slope range multiples grid tiles heat".split(" ");

const folder = mkdtempSync(join(tmpdir(), "gallery-"));
let browser;
let server;

before(async () => {
  mkdirSync(join(folder, "content"));
  writeFileSync(join(folder, "site.toml"), 'title = "年报"\nlanguages = ["zh-CN", "en"]\n[extra]\ngallery = true\n');
  writeFileSync(join(folder, "content/about.md"), "---\ntitle: 关于\n---\n正文\n");
  execFileSync(program(), ["build", "--site", folder], { stdio: "pipe" });
  [browser, server] = await Promise.all([launch(), serve(new Portal(join(folder, "public")))]);
});

after(async () => {
  await browser?.close();
  await server?.close();
  rmSync(folder, { recursive: true, force: true });
});

const address = (language = "") => `${server.origin}${language}/about/charts/`;

test("a portal that does not ask for the gallery has none", () => {
  const traces = [...builtPortal().files].filter((path) => /(^|\/)about\/charts\//u.test(path));
  none(traces);
});

for (const [name, language] of [["light", ""], ["dark", ""], ["narrow", ""], ["light", "/en"]]) {
  test(`gallery ${language}: axe finds nothing, ${name}`, async () => {
    const { page, faults, close } = await open(browser, address(language), MODES[name]);
    none(await violations(page));
    none(faults);
    await close();
  });
}

for (const language of ["", "/en"]) {
  test(`gallery ${language}: each chart has a name, a description and its table, and ids are unique`, async () => {
    const { page, close } = await open(browser, address(language));
    const seen = await page.evaluate(() => {
      const ids = [...document.querySelectorAll("[id]")].map((element) => element.id);
      const text = (id) => document.getElementById(id)?.textContent.trim() ?? "";
      const charts = [...document.querySelectorAll("figure.figure-chart")].map((figure) => {
        const drawing = figure.querySelector("[role=img], [role=group]");
        return {
          id: figure.id,
          name: text(drawing?.getAttribute("aria-labelledby") ?? `${figure.id}-title`),
          about: text(drawing?.getAttribute("aria-describedby") ?? `${figure.id}-summary`),
          drawn: Boolean(drawing) || Boolean(figure.querySelector("table.heat")),
          rows: figure.querySelectorAll("table tbody tr").length,
          words: [...figure.querySelectorAll("table tbody .gap, table.heat abbr")].length,
        };
      });
      return { twice: ids.filter((id, at) => ids.indexOf(id) !== at), charts };
    });
    none(seen.twice);
    assert.deepEqual(
      seen.charts.map((chart) => chart.id).sort(),
      KINDS.flatMap((kind) => CASES.map((of) => `${kind}-${of}`)).sort(),
    );
    for (const chart of seen.charts) {
      assert.ok(chart.name.length > 3, chart.id);
      // Unit and period, and what is missing.
      assert.match(chart.about, language ? /20\d\d.*, in \w+/u : /20\d\d年.*单位：./u, chart.id);
      if (chart.id.endsWith("-missing")) {
        assert.match(chart.about, language ? /missing: ./u : /有缺：./u, chart.id);
        assert.ok(chart.words > 0, `${chart.id}: no word for what is missing`);
      }
      assert.ok(chart.rows >= 2, `${chart.id}: no table`);
      const untold = ["flow-missing", "waffle-missing"].includes(chart.id);
      assert.equal(chart.drawn, !untold, chart.id);
    }
    await close();
  });
}

/// Texts of a drawing that leave its figure, lie on each other or are not of their size.
function untidy() {
  const faults = [];
  for (const figure of document.querySelectorAll("figure.figure-chart")) {
    const frame = figure.getBoundingClientRect();
    for (const drawing of figure.querySelectorAll("svg.chart")) {
      const texts = [...drawing.querySelectorAll("text")].filter((text) => text.getBoundingClientRect().width > 0);
      const boxes = texts.map((text) => ({ said: text.textContent, box: text.getBoundingClientRect(), size: getComputedStyle(text).fontSize }));
      for (const [at, { said, box, size }] of boxes.entries()) {
        if (box.left < frame.left - 2 || box.right > frame.right + 2) faults.push(`${figure.id}: ${said} leaves the figure`);
        if (!["12px", "13px"].includes(size)) faults.push(`${figure.id}: ${said} is of ${size}`);
        for (const other of boxes.slice(0, at)) {
          const wide = Math.min(box.right, other.box.right) - Math.max(box.left, other.box.left);
          // A line of text is higher than its letters.
          const high = Math.min(box.bottom, other.box.bottom) - Math.max(box.top, other.box.top);
          if (wide > 2 && high > 5) faults.push(`${figure.id}: ${said} lies on ${other.said}`);
        }
      }
    }
  }
  return faults;
}

test("texts keep their size and their distance from 320 to 1600 pixels", async () => {
  const { page, close } = await open(browser, address());
  for (const width of [320, 480, 768, 1280, 1600]) {
    await page.setViewportSize({ width, height: 900 });
    assert.equal(await page.evaluate(() => document.documentElement.scrollWidth), width);
    none(await page.evaluate(untidy));
  }
  await page.goto(address("/en"));
  for (const width of [320, 1280]) {
    await page.setViewportSize({ width, height: 900 });
    none(await page.evaluate(untidy));
  }
  await close();
});

test("tables of agencies and years fit wide pages, names in two lines at most", async () => {
  const built = builtPortal();
  const paths = [...built.files].filter((path) => /^en\/indicators\/.*\.html$/u.test(path));
  const shown = paths.filter((path) => built.read(path).includes('<table class="heat">'));
  assert.ok(shown.length > 1);
  const own = await serve(built);
  const { page, close } = await open(browser, own.origin);
  await page.setViewportSize({ width: 1280, height: 900 });
  const wide = () => {
    const table = document.querySelector("table.heat");
    const lines = [...table.querySelectorAll("tbody th > *")].map((name) => name.getClientRects().length);
    return { over: table.offsetWidth - table.parentElement.clientWidth, lines: Math.max(...lines) };
  };
  const faults = [];
  for (const path of shown) {
    await page.goto(`${own.origin}/${path.replace(/index\.html$/u, "")}`);
    const { over, lines } = await page.evaluate(wide);
    if (over > 0 || lines > 2) faults.push(`${path}: ${over} px too wide, names in ${lines} lines`);
  }
  none(faults);
  await close();
  await own.close();
});

test("with the reader's own colours lines are drawn, and areas are outlines", async () => {
  const { page, close } = await open(browser, address(), { ...MODES.light, forcedColors: "active" });
  const looks = await page.evaluate(() => {
    const probe = document.body.appendChild(document.createElement("i"));
    const colour = (name) => {
      probe.style.color = name;
      return getComputedStyle(probe).color;
    };
    const [text, ground] = [colour("CanvasText"), colour("Canvas")];
    const styles = (selector) => [...document.querySelectorAll(selector)].map((element) => getComputedStyle(element));
    const lines = styles(".chart .ln");
    const areas = styles(".chart path[class^='f'], .chart path[class^='q']");
    return {
      lines: lines.length,
      areas: areas.length,
      strange: [
        ...lines.filter((style) => style.stroke !== text && style.stroke !== colour("GrayText")).map((style) => style.stroke),
        ...areas.filter((style) => style.fill !== ground || style.stroke !== text).map((style) => `${style.fill} ${style.stroke}`),
      ],
    };
  });
  assert.ok(looks.lines > 10 && looks.areas > 10, JSON.stringify(looks));
  none(looks.strange);
  await close();
});

test("on paper charts are whole, in light colours, and their tables are open", async () => {
  const { page, close } = await open(browser, address(), MODES.dark);
  await page.emulateMedia({ media: "print", colorScheme: "dark" });
  const looks = await page.evaluate(() => {
    const ink = getComputedStyle(document.querySelector(".chart .b, .chart .v")).fill;
    const split = [...document.querySelectorAll(".plot")].filter((plot) => getComputedStyle(plot).breakInside !== "avoid");
    const folded = [...document.querySelectorAll("figure details table")].filter((table) => table.getBoundingClientRect().height === 0);
    return { ink, split: split.length, folded: folded.length, tables: document.querySelectorAll("figure details table").length };
  });
  assert.equal(looks.ink, "rgb(29, 35, 41)");
  assert.equal(looks.split, 0);
  assert.equal(looks.folded, 0);
  assert.ok(looks.tables > 30);
  await close();
});

test("each picture file stands alone", async () => {
  const { page, close } = await open(browser, address());
  const links = await page.$$eval("figure a[href$='.svg']", (all) => all.map((link) => link.href));
  assert.ok(links.length > 30);
  for (const link of [links[0], links.at(-1)]) {
    await page.goto(link);
    const { name, about, box } = await page.evaluate(() => ({
      name: document.querySelector("svg > title")?.textContent ?? "",
      about: document.querySelector("svg > desc")?.textContent ?? "",
      box: document.documentElement.getBoundingClientRect().width,
    }));
    assert.ok(name.length > 3 && about.length > 3 && box === 720, `${link}: ${name} ${about} ${box}`);
  }
  await close();
});
