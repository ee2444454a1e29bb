// The gallery of charts, tests/sites/gallery: every kind, with ordinary, extreme and missing figures.

import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { cpSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, test } from "node:test";
import { fileURLToPath } from "node:url";
import { violations } from "./axe.mjs";
import { MODES, launch, open } from "./browser.mjs";
import { none } from "./faults.mjs";
import { Portal, builtPortal } from "./portal.mjs";
import { program } from "./preview.mjs";
import { serve } from "./server.mjs";

const GALLERY = fileURLToPath(new URL("../sites/gallery", import.meta.url));
const CASES = ["ordinary", "extreme", "missing"];
/// The kinds that a text asks for, each under a heading of this id.
const KINDS = "line columns bars stack shares flow waffle slope range multiples heat".split(" ");
/// A text with a waffle that lacks a part is an error.
const UNDRAWN = ["waffle-missing"];
/// What each case shows: the charts in a text, the tiles of a region, and the charts of an agency, whose small
/// multiples have scales of their own.
const PAGES = CASES.flatMap((of) => [
  { of, path: `/charts/${of}/`, kinds: KINDS.filter((kind) => !UNDRAWN.includes(`${kind}-${of}`)) },
  { of, path: `/${of}/`, kinds: ["tiles"] },
  { of, path: `/${of}/ward-2/f/`, kinds: ["chart-series", "chart-outcomes", "chart-peers"] },
]);

const folder = mkdtempSync(join(tmpdir(), "gallery-"));
let browser;
let server;

before(async () => {
  cpSync(GALLERY, folder, { recursive: true });
  execFileSync(program(), ["build", "--site", folder], { stdio: "pipe" });
  [browser, server] = await Promise.all([launch(), serve(new Portal(join(folder, "public")))]);
});

after(async () => {
  await browser?.close();
  await server?.close();
  rmSync(folder, { recursive: true, force: true });
});

const address = (path, language = "") => `${server.origin}${language}${path}`;

for (const [name, language] of [["light", ""], ["dark", ""], ["narrow", ""], ["light", "/en"]]) {
  test(`gallery ${language}: axe finds nothing, ${name}`, async () => {
    for (const { path } of PAGES) {
      const { page, faults, close } = await open(browser, address(path, language), MODES[name]);
      none(await violations(page));
      none(faults);
      await close();
    }
  });
}

/// The charts of a page by the id of their heading: the figure's own in pages, that above it in texts.
function charts() {
  const ids = [...document.querySelectorAll("[id]")].map((element) => element.id);
  const text = (id) => document.getElementById(id)?.textContent.trim() ?? "";
  const figures = [...document.querySelectorAll("figure.figure-chart")];
  const above = (figure) => {
    const before = (heading) => heading.compareDocumentPosition(figure) & Node.DOCUMENT_POSITION_FOLLOWING;
    return [...document.querySelectorAll("main h2")].filter((heading) => before(heading) && !figure.contains(heading)).at(-1);
  };
  return {
    twice: ids.filter((id, at) => ids.indexOf(id) !== at),
    charts: figures.map((figure) => {
      const drawing = figure.querySelector("[role=img], [role=group]");
      return {
        id: figure.id.startsWith("chart-text-") ? above(figure).id : figure.id,
        name: text(drawing?.getAttribute("aria-labelledby") ?? `${figure.id}-title`),
        about: text(drawing?.getAttribute("aria-describedby") ?? `${figure.id}-summary`),
        drawn: Boolean(drawing) || Boolean(figure.querySelector("table.heat")),
        rows: figure.querySelectorAll("table tbody tr").length,
        words: [...figure.querySelectorAll("table tbody .gap, table.heat abbr")].length,
      };
    }),
    sparks: document.querySelectorAll("table.series svg").length,
  };
}

/// How a description says what is missing: years, or how many agencies, or the regions.
const LACKS = {
  "": /缺|部分|没有数字|没有确切数字|未见年报|收支不平/u,
  "/en": /missing|have no figure|has no figure|no figure|without one|Out of balance/u,
};

for (const language of ["", "/en"]) {
  test(`gallery ${language}: each chart has a name, a description and its table, and ids are unique`, async () => {
    const { page, close } = await open(browser, server.origin);
    for (const { of, path, kinds } of PAGES) {
      await page.goto(address(path, language));
      const seen = await page.evaluate(charts);
      none(seen.twice);
      assert.deepEqual(seen.charts.map((chart) => chart.id), kinds, path);
      for (const chart of seen.charts) {
        const which = `${path}: ${chart.id}`;
        assert.ok(chart.name.length > 3, which);
        // Unit and period, and what is missing. The title of a heat table says the period.
        assert.match(`${chart.id === "heat" ? chart.name : ""}${chart.about}`, /20\d\d/u, which);
        assert.match(chart.about, language ? /\bin \w+|units stand beside/iu : /单位/u, which);
        if (of === "missing" && chart.id !== "tiles") assert.match(chart.about, LACKS[language], which);
        // The table of a distribution lists those that have a figure; its description counts the others.
        const isOfAll = !["range", "chart-peers", "flow"].includes(chart.id);
        if (of === "missing" && isOfAll) assert.ok(chart.words > 0, `${which}: no word for what is missing`);
        assert.ok(chart.rows >= 2, `${which}: no table`);
        // A flow whose ends do not balance is a table that says so.
        assert.equal(chart.drawn, !(of === "missing" && chart.id === "flow"), which);
      }
      if (kinds.includes("chart-series")) assert.ok(seen.sparks >= 5, `${path}: ${seen.sparks} sparklines`);
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
  const { page, close } = await open(browser, server.origin);
  for (const { path } of PAGES) {
    await page.goto(address(path));
    for (const width of [320, 480, 768, 1280, 1600]) {
      await page.setViewportSize({ width, height: 900 });
      assert.equal(await page.evaluate(() => document.documentElement.scrollWidth), width, path);
      none(await page.evaluate(untidy));
    }
    await page.goto(address(path, "/en"));
    for (const width of [320, 1280]) {
      await page.setViewportSize({ width, height: 900 });
      none(await page.evaluate(untidy));
    }
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
  const { page, close } = await open(browser, server.origin, { ...MODES.light, forcedColors: "active" });
  const all = { lines: 0, areas: 0, strange: [] };
  for (const { path } of PAGES) {
    await page.goto(address(path));
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
    all.lines += looks.lines;
    all.areas += looks.areas;
    all.strange.push(...looks.strange);
  }
  assert.ok(all.lines > 10 && all.areas > 10, JSON.stringify(all));
  none(all.strange);
  await close();
});

test("on paper charts are whole, in light colours, and their tables are open", async () => {
  const { page, close } = await open(browser, server.origin, MODES.dark);
  await page.emulateMedia({ media: "print", colorScheme: "dark" });
  let tables = 0;
  for (const { path } of PAGES) {
    await page.goto(address(path));
    const looks = await page.evaluate(() => {
      const split = [...document.querySelectorAll(".plot")].filter((plot) => getComputedStyle(plot).breakInside !== "avoid");
      const all = [...document.querySelectorAll("figure details table")];
      const folded = all.filter((table) => table.getBoundingClientRect().height === 0);
      const ink = document.querySelector(".chart .b, .chart .v");
      return { ink: ink && getComputedStyle(ink).fill, split: split.length, folded: folded.length, tables: all.length };
    });
    if (path.startsWith("/charts/")) assert.equal(looks.ink, "rgb(29, 35, 41)", path);
    assert.equal(looks.split, 0, path);
    assert.equal(looks.folded, 0, path);
    tables += looks.tables;
  }
  assert.ok(tables > 30, String(tables));
  await close();
});

test("each picture file stands alone", async () => {
  const { page, close } = await open(browser, server.origin);
  const links = [];
  for (const { path } of PAGES) {
    await page.goto(address(path));
    // A heat table with long names is wider than other pictures.
    const seen = await page.$$eval("figure a[href$='.svg']", (all) =>
      all.map((link) => ({ href: link.href, isHeat: Boolean(link.closest("figure").querySelector("table.heat")) })),
    );
    links.push(...seen);
  }
  assert.ok(links.length > 30);
  for (const { href, isHeat } of links) {
    await page.goto(href);
    const { name, about, box } = await page.evaluate(() => ({
      name: document.querySelector("svg > title")?.textContent ?? "",
      about: document.querySelector("svg > desc")?.textContent ?? "",
      box: document.documentElement.getBoundingClientRect().width,
    }));
    const fits = isHeat ? box >= 720 && box < 1000 : box === 720;
    assert.ok(name.length > 3 && about.length > 3 && fits, `${href}: ${name} ${about} ${box}`);
  }
  await close();
});
