// Where the pages of a portal lead, and which of those ways are broken.

import { attribute, elements, line } from "./document.mjs";

const ATTRIBUTES = {
  a: ["href", "xlink:href"],
  area: ["href"],
  audio: ["src"],
  button: ["formaction"],
  embed: ["src"],
  form: ["action"],
  iframe: ["src"],
  image: ["href", "xlink:href"],
  img: ["src", "srcset"],
  input: ["src", "formaction"],
  link: ["href", "imagesrcset"],
  object: ["data"],
  script: ["src"],
  source: ["src", "srcset"],
  track: ["src"],
  use: ["href", "xlink:href"],
  video: ["src", "poster"],
};

/// Every link of an HTML file: {url, text, line, follows}; `follows` tells a way for readers.
export function linksOf(portal, path) {
  const page = portal.address(path);
  const links = [];
  const add = (element, value, follows = false) => {
    const at = { text: value, line: line(element), follows };
    if (!URL.canParse(value, page)) links.push({ ...at, fault: "is no address" });
    else links.push({ ...at, url: new URL(value, page) });
  };
  for (const element of elements(portal.document(path))) {
    for (const name of ATTRIBUTES[element.tagName] ?? []) {
      const value = attribute(element, name);
      if (value === undefined) continue;
      if (name.endsWith("srcset")) {
        for (const candidate of value.split(/,\s+/u)) add(element, candidate.trim().split(/\s+/u)[0]);
      } else {
        add(element, value.trim(), element.tagName === "a");
      }
    }
    if (element.tagName === "meta") {
      const content = attribute(element, "content") ?? "";
      const refresh = /^\s*\d+\s*[;,]\s*url\s*=\s*['"]?([^'"]+)/iu.exec(content);
      if (attribute(element, "http-equiv")?.toLowerCase() === "refresh" && refresh) add(element, refresh[1], true);
      if (/^og:(url|image)$/u.test(attribute(element, "property") ?? "")) add(element, content);
    }
  }
  return links;
}

/// Every way that leads nowhere: "page:line: link reason", sorted by page.
export function brokenLinks(portal) {
  const anchors = new Map();
  const broken = [];
  for (const path of portal.htmlFiles) {
    for (const link of linksOf(portal, path)) {
      const fault = link.fault ?? faultOf(portal, link.url, anchors);
      if (fault) broken.push(`${path}:${link.line}: ${link.text} ${fault}`);
    }
  }
  for (const path of portal.files) {
    for (const url of listedAddresses(portal, path)) {
      const fault = faultOf(portal, url, anchors);
      if (fault) broken.push(`${path}: ${url} ${fault}`);
    }
  }
  return broken;
}

/// Pages that no way leads to from the home page.
export function unreachedPages(portal) {
  const reached = new Set(["index.html"]);
  const open = ["index.html"];
  while (open.length > 0) {
    for (const link of linksOf(portal, open.pop())) {
      const target = link.follows && link.url?.origin === portal.base.origin && portal.resolve(link.url).path;
      if (target && target.endsWith(".html") && !reached.has(target)) {
        reached.add(target);
        open.push(target);
      }
    }
  }
  return portal.htmlFiles.filter(
    (path) => !reached.has(path) && !/(^|\/)404\.html$/u.test(path) && !portal.isRedirect(path),
  );
}

function faultOf(portal, url, anchors) {
  if (["mailto:", "tel:", "data:"].includes(url.protocol)) return undefined;
  if (!["http:", "https:"].includes(url.protocol)) return `has the scheme ${url.protocol}`;
  if (url.origin !== portal.base.origin) return undefined;
  const { path, fault } = portal.resolve(url);
  if (fault) return fault;
  const fragment = url.hash.slice(1).split(":~:")[0];
  if (fragment === "" || !path.endsWith(".html")) return undefined;
  if (!anchors.has(path)) anchors.set(path, anchorsOf(portal, path));
  const id = URL.canParse(url) ? safeDecode(fragment) : fragment;
  return anchors.get(path).has(id) ? undefined : `names no place in ${path}`;
}

function anchorsOf(portal, path) {
  const anchors = new Set(["top"]);
  for (const element of elements(portal.document(path))) {
    const id = attribute(element, "id");
    if (id) anchors.add(id);
  }
  return anchors;
}

function safeDecode(fragment) {
  try {
    return decodeURIComponent(fragment);
  } catch {
    return fragment;
  }
}

/// Addresses in style sheets, sitemaps and feeds.
function listedAddresses(portal, path) {
  const own = portal.address(path);
  const found = (pattern) =>
    [...portal.read(path).toString("utf8").matchAll(pattern)]
      .map((match) => match[1].replaceAll("&amp;", "&"))
      .filter((value) => URL.canParse(value, own))
      .map((value) => new URL(value, own));
  if (path.endsWith(".css")) return found(/url\(\s*['"]?([^'")]+)/gu);
  if (path.endsWith(".xml")) return [...found(/<(?:loc|link|url)>([^<]+)</gu), ...found(/<link[^>]*\shref="([^"]+)"/gu)];
  if (path === "robots.txt") return found(/^sitemap:\s*(\S+)/gimu);
  return [];
}
