// Pictures of every kind of page, to look at: node tests/browser/shots.mjs OUTDIR [--pages report,home]
//
// Of the portal in public/, or the one that PORTAL names (see portal.mjs). Each kind at 1280, 768 and
// 320 px, light and dark, and as printed: report-320-dark.png, report-print.png; a second language in
// front: en-report-320-dark.png.

import { mkdirSync } from "node:fs";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { launch, open, served } from "./browser.mjs";
import { samplePages } from "./pages.mjs";
import { builtPortal } from "./portal.mjs";
import { serve } from "./server.mjs";

/// How each page is looked at; paper is A4 within its margins.
const LOOKS = [
  ...[1280, 768, 320].flatMap((width) =>
    ["light", "dark"].map((colorScheme) => ({ name: `${width}-${colorScheme}`, width, colorScheme })),
  ),
  { name: "print", width: 720, colorScheme: "light", media: "print" },
];

const { values, positionals } = parseArgs({ allowPositionals: true, options: { pages: { type: "string" } } });
if (positionals.length !== 1) {
  console.error("Usage: node tests/browser/shots.mjs OUTDIR [--pages KIND,KIND]");
  process.exit(2);
}
const [folder] = positionals;
const kinds = values.pages?.split(",");

const portal = builtPortal();
const samples = samplePages(portal);
const unknown = kinds?.filter((kind) => !samples.some((sample) => sample.kind === kind)) ?? [];
if (unknown.length > 0) {
  console.error(`There is no ${unknown.join(", ")}; there are: ${[...new Set(samples.map((page) => page.kind))].join(", ")}`);
  process.exit(2);
}

mkdirSync(folder, { recursive: true });
const [browser, server] = await Promise.all([launch(), serve(portal)]);
for (const sample of samples.filter((page) => !kinds || kinds.includes(page.kind))) {
  for (const { name, width, colorScheme, media } of LOOKS) {
    const options = { viewport: { width, height: 900 }, colorScheme };
    const { page, close } = await open(browser, served(server, portal, sample), options, "networkidle");
    if (media) await page.emulateMedia({ media });
    const path = join(folder, `${sample.name.replace(" ", "-")}-${name}.png`);
    await page.screenshot({ path, fullPage: true });
    console.log(path);
    await close();
  }
}
await browser.close();
await server.close();
