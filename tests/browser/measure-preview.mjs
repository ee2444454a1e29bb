// How long a saved report takes to stand on its open page, and what the preview's memory does meanwhile.
//
//     node tests/browser/measure-preview.mjs SITE content/…/2024.md [saves in Chromium] [further saves]
//
// Saves a text and a figure in turn; prints half, nineteen in twenty and the longest of each, in milliseconds, then the
// memory at the start, after the saves seen in Chromium, and along the further ones, which only a client follows.
// The report is as it was at the end, and after Ctrl-C.

import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import { launch, open } from "./browser.mjs";
import { preview } from "./preview.mjs";

const [site, file, inBrowser = "50", further = "0"] = process.argv.slice(2);
const path = join(site, file);
const original = readFileSync(path, "utf8");
const page = `/${file.replace(/^content\//u, "").replace(/\.md$/u, "")}/`;
const figure = /^( {2}\w+: )\d+$/mu;
if (!figure.test(original)) throw new Error(`${file} has no whole number among its statistics`);
const ends = [];
const server = await preview({ after: (end) => ends.unshift(end) }, site);
ends.unshift(() => writeFileSync(path, original));
process.once("SIGINT", () => {
  writeFileSync(path, original);
  process.exit(130);
});

const withText = (at) => `${original}\n\n第${at}次保存。\n`;
const withFigure = (at) => original.replace(figure, (_, key) => `${key}${700_000 + at}`);
const memory = () => Number(/VmRSS:\s+(\d+)/u.exec(readFileSync(`/proc/${server.pid}/status`, "utf8"))[1]);
const megabytes = (kilobytes) => (kilobytes / 1024).toFixed(1);

try {
  const browser = await launch();
  ends.unshift(() => browser.close());
  const opened = await open(browser, server.origin + page);
  await opened.page.waitForFunction(() => performance.getEntriesByType("resource").some(({ name }) => name === location.href));
  const start = memory();
  for (const [what, written, shown] of [
    ["text", withText, (at) => `第${at}次保存。`],
    ["figure", withFigure, (at) => (700_000 + at).toLocaleString("en")],
  ]) {
    const times = [];
    for (let at = 1; at <= Number(inBrowser); at += 1) {
      const seen = opened.page.evaluate(
        (text) =>
          new Promise((done) => {
            const look = () => {
              if (!document.querySelector("main")?.textContent.includes(text)) return;
              observer.disconnect();
              done(performance.timeOrigin + performance.now());
            };
            const observer = new MutationObserver(look);
            observer.observe(document.documentElement, { childList: true, subtree: true, characterData: true });
          }),
        shown(at),
      );
      await pause(120);
      const saved = performance.timeOrigin + performance.now();
      writeFileSync(path, written(at));
      times.push((await seen) - saved);
    }
    times.sort((left, right) => left - right);
    const part = (share) => Math.round(times[Math.min(times.length - 1, Math.floor(times.length * share))]);
    console.log(`${what}: ${part(0.5)} ms half, ${part(0.95)} ms nineteen in twenty, ${part(1)} ms at most`);
  }
  await opened.close();
  console.log(`memory: ${megabytes(start)} MB at the start, ${megabytes(memory())} MB after`);
  for (let at = 1; at <= Number(further); at += 1) {
    writeFileSync(path, withText(at));
    const late = performance.now() + 30_000;
    while (!(await (await fetch(server.origin + page)).text()).includes(`第${at}次保存。`)) {
      if (performance.now() > late) throw new Error(`save ${at} was lost`);
      await pause(2);
    }
    if (at % Math.ceil(Number(further) / 10) === 0) console.log(`save ${at}: ${megabytes(memory())} MB`);
  }
} finally {
  for (const end of ends) await end();
}
