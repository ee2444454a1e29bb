// Every chart of the portal has what it promises beside the drawing: a name, a description, its figures as a
// table, and its downloads.

import assert from "node:assert/strict";
import { test } from "node:test";
import { attribute, elements, line, text } from "./document.mjs";
import { none } from "./faults.mjs";
import { allPages } from "./pages.mjs";
import { builtPortal } from "./portal.mjs";

const portal = builtPortal();

const classes = (element) => (attribute(element, "class") ?? "").split(" ");

/// Every figure of a chart, with the ids of its page.
const figures = allPages(portal).flatMap((page) => {
  const all = elements(portal.document(page.path));
  const ids = new Map(all.filter((element) => attribute(element, "id")).map((element) => [attribute(element, "id"), element]));
  const charts = all.filter((element) => element.tagName === "figure" && classes(element).includes("figure-chart"));
  return charts.map((figure) => ({ page, figure, ids, inside: elements(figure) }));
});

function each(fault) {
  none(
    figures.flatMap((chart) => {
      const said = fault(chart);
      return said ? [`${chart.page.path}:${line(chart.figure)} ${attribute(chart.figure, "id")}: ${said}`] : [];
    }),
  );
}

const drawings = (chart) => chart.inside.filter((element) => ["img", "group"].includes(attribute(element, "role")));
const isHeat = (chart) => chart.inside.some((element) => element.tagName === "table" && classes(element).includes("heat"));
const tables = (chart) => chart.inside.filter((element) => element.tagName === "table");

test("there are charts on pages of several kinds, in every language", () => {
  const kinds = (language) => new Set(figures.filter(({ page }) => page.language === language).map(({ page }) => page.kind));
  for (const language of new Set(allPages(portal).map((page) => page.language))) {
    const seen = kinds(language);
    for (const kind of ["report", "agency", "indicator"]) assert.ok(seen.has(kind), `${language} ${kind}`);
  }
});

test("each chart has an id, a heading and a sentence about it", () => {
  each(({ figure, inside }) => {
    if (!attribute(figure, "id")) return "no id";
    const caption = inside.find((element) => element.tagName === "figcaption");
    if (!caption) return "no caption";
    const parts = elements(caption);
    if (!parts.some((element) => /^h[2-6]$/u.test(element.tagName) && text(element))) return "no heading";
    if (!parts.some((element) => element.tagName === "p" && text(element))) return "no sentence";
    return undefined;
  });
});

test("each drawing is named and described by what stands beside it", () => {
  each((chart) => {
    if (drawings(chart).length > 1) return "two drawings of one name";
    for (const drawing of drawings(chart)) {
      for (const by of ["aria-labelledby", "aria-describedby"]) {
        const ids = (attribute(drawing, by) ?? "").split(" ");
        const lost = ids.find((id) => !chart.ids.has(id) || !text(chart.ids.get(id)));
        if (lost !== undefined) return `${by} names ${lost || "nothing"}`;
        if (ids.some((id) => !chart.inside.includes(chart.ids.get(id)))) return `${by} leads out of the figure`;
      }
    }
    return undefined;
  });
});

test("each chart has its figures as a table, which can be found and read", () => {
  each((chart) => {
    const [table] = tables(chart);
    if (!table) return "no table";
    const parts = elements(table);
    if (!parts.some((element) => element.tagName === "caption" && text(element))) return "a table without a name";
    const heads = parts.filter((element) => element.tagName === "th");
    for (const scope of ["col", "row"]) {
      if (!heads.some((head) => attribute(head, "scope") === scope)) return `no heading of a ${scope}`;
    }
    if (parts.some((element) => element.tagName === "td" && !text(element))) return "an empty cell";
    const details = chart.inside.find((element) => element.tagName === "details");
    if (drawings(chart).length === 0) return details ? "a table that is folded away without a drawing" : undefined;
    if (!details || !elements(details).includes(table)) return "the table of a drawing is not below it";
    const summary = elements(details).find((element) => element.tagName === "summary");
    return summary && text(summary) ? undefined : "nothing to unfold the table by";
  });
});

test("each chart names its source, and offers its figures and its picture", () => {
  each((chart) => {
    const source = chart.inside.find((element) => classes(element).includes("source"));
    if (!source || !text(source)) return "no source";
    const links = elements(source).filter((element) => attribute(element, "download") !== undefined);
    const kinds = links.map((link) => attribute(link, "href").split(".").at(-1));
    if (kinds.length === 0) return "no downloads";
    if (drawings(chart).length > 0 && !kinds.includes("svg")) return "no picture";
    if (!isHeat(chart) && !kinds.includes("csv") && !kinds.includes("json")) return "no figures";
    for (const link of links) {
      const { path, fault } = portal.resolve(new URL(attribute(link, "href"), portal.address(chart.page.path)));
      if (!path) return `${attribute(link, "href")} ${fault}`;
      if (portal.size(path) === 0) return `${path} is empty`;
    }
    return undefined;
  });
});
