// The built portal under test: its files, its pages, and the address it is built for.
//
// PORTAL       the folder (default: public/ of this repository)
// PORTAL_BASE  the --base-url it was built with (default: /)

import { readFileSync, readdirSync, statSync } from "node:fs";
import { join, resolve } from "node:path";
import { parse } from "parse5";
import { attribute, elements } from "./document.mjs";

const REPOSITORY = resolve(import.meta.dirname, "../..");

export class Portal {
  #documents = new Map();

  constructor(folder, base = "/") {
    this.folder = resolve(folder);
    // A portal built for a bare path has no host of its own; this one cannot be anybody's.
    this.base = new URL(base, "http://portal.invalid/");
    if (!this.base.pathname.endsWith("/")) this.base.pathname += "/";
    this.files = new Set(walk(this.folder));
  }

  /// The paths of all HTML files, sorted.
  get htmlFiles() {
    return [...this.files].filter((path) => path.endsWith(".html"));
  }

  read(path) {
    return readFileSync(join(this.folder, path));
  }

  size(path) {
    return statSync(join(this.folder, path)).size;
  }

  /// The parsed document of an HTML file.
  document(path) {
    let document = this.#documents.get(path);
    if (!document) {
      document = parse(this.read(path).toString("utf8"), { sourceCodeLocationInfo: true });
      this.#documents.set(path, document);
    }
    return document;
  }

  /// The address at which a file is published.
  address(path) {
    const url = path.replace(/(^|\/)index\.html$/, "$1");
    return new URL(url.split("/").map(encodeURIComponent).join("/"), this.base);
  }

  /// The file that a static host answers with, or what is wrong with the address.
  resolve(url) {
    if (!url.pathname.startsWith(this.base.pathname)) {
      return { fault: `leads out of ${this.base.pathname}` };
    }
    let path;
    try {
      path = decodeURIComponent(url.pathname.slice(this.base.pathname.length));
    } catch {
      return { fault: "is badly percent-encoded" };
    }
    if (path === "" || path.endsWith("/")) path += "index.html";
    if (this.files.has(path)) return { path };
    if (this.files.has(`${path}/index.html`)) return { fault: "lacks its final slash" };
    return { fault: "leads to no file" };
  }

  /// Whether an HTML file only sends the reader elsewhere.
  isRedirect(path) {
    return elements(this.document(path)).some(
      (element) =>
        element.tagName === "meta" && attribute(element, "http-equiv")?.toLowerCase() === "refresh",
    );
  }
}

/// The portal that the environment names.
export function builtPortal() {
  const folder = process.env.PORTAL ?? join(REPOSITORY, "public");
  try {
    statSync(join(folder, "index.html"));
  } catch {
    throw new Error(`no portal in ${folder}: run \`cargo run --release -- build\`, or set PORTAL to a built folder`);
  }
  return new Portal(folder, process.env.PORTAL_BASE ?? "/");
}

function walk(folder, prefix = "") {
  const entries = readdirSync(join(folder, prefix), { withFileTypes: true });
  entries.sort((a, b) => (a.name < b.name ? -1 : 1));
  return entries.flatMap((entry) =>
    entry.isDirectory() ? walk(folder, `${prefix}${entry.name}/`) : [`${prefix}${entry.name}`],
  );
}
