// Which pages there are, and one of each kind: read from the folders, so that it holds for any portal.

import { attribute, elements } from "./document.mjs";

/// The kinds that this repository's portal has in each of its languages.
export const REQUIRED = [
  "home",
  "region",
  "agencies",
  "agency",
  "report",
  "years",
  "year",
  "indicators",
  "indicator",
  "forms",
  "form",
  "glossary",
  "quality",
  "quality-part",
  "data",
  "search",
  "about",
];

const COLLECTIONS = { years: "year", indicators: "indicator", forms: "form" };
const SINGLES = ["agencies", "glossary", "quality", "data", "search", "about"];

/// Every page: {path, kind, language}. `language` is the folder of a second language, or "".
export function allPages(portal) {
  const languages = languageFolders(portal);
  return portal.htmlFiles
    .filter((path) => !portal.isRedirect(path))
    .map((path) => {
      const language = languages.find((folder) => path.startsWith(`${folder}/`)) ?? "";
      const below = language ? path.slice(language.length + 1) : path;
      return { path, language, kind: kindOf(portal, path, below) };
    });
}

/// One page of each kind and language: the largest, as it shows the most.
export function samplePages(portal) {
  const chosen = new Map();
  for (const page of allPages(portal)) {
    const key = page.language ? `${page.language} ${page.kind}` : page.kind;
    const size = portal.size(page.path);
    if (!chosen.has(key) || size > chosen.get(key).size) chosen.set(key, { ...page, name: key, size });
  }
  return [...chosen.values()];
}

/// The folders of further languages: `en` when `en/index.html` says that it is English.
export function languageFolders(portal) {
  const languageOf = (path) =>
    portal.files.has(path) ? attribute(elements(portal.document(path))[0], "lang")?.toLowerCase() : undefined;
  const main = languageOf("index.html");
  return [...new Set([...portal.files].map((path) => path.split("/")[0]))].filter((folder) => {
    const language = languageOf(`${folder}/index.html`);
    const own = language === folder.toLowerCase() || language?.startsWith(`${folder.toLowerCase()}-`);
    return Boolean(own) && language !== main;
  });
}

function kindOf(portal, path, below) {
  if (below === "index.html") return "home";
  if (below === "404.html") return "not-found";
  // Further parts of a list lie in folders of their own.
  const whole = below.replace(/page\/\d+\/index\.html$/, "index.html");
  if (whole !== below) return `${kindOf(portal, path, whole)}-part`.replace("-part-part", "-part");
  const [first, second] = below.split("/").slice(0, -1);
  if (Object.hasOwn(COLLECTIONS, first)) return second ? COLLECTIONS[first] : first;
  if (first === "quality" && ["completeness", "revisions"].includes(second)) return second;
  if (SINGLES.includes(first)) return second ? `${first}-part` : first;
  // A report has its figures beside its page, whatever the language of the page.
  const folder = below.replace(/index\.html$/, "");
  if (/\/years\/\d+\/$/.test(folder)) return "region-year";
  if (portal.files.has(`${folder}report.json`)) return "report";
  const reports = [...portal.files].filter((file) => file.startsWith(folder) && file.endsWith("/report.json"));
  if (reports.some((file) => file.slice(folder.length).split("/").length === 2)) return "agency";
  if (reports.length > 0) return "region";
  return "other";
}
