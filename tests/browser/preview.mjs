// The program's preview of a small site in a temporary folder.

import { spawn } from "node:child_process";
import { existsSync, mkdirSync, mkdtempSync, renameSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { createInterface } from "node:readline";

const ROOT = new URL("../../", import.meta.url).pathname;

/// A report whose text can be told from others and is longer than a window.
export function report(text) {
  const paragraphs = Array.from({ length: 40 }, (_, at) => `第${at}段。${"主动公开、依申请公开、监督保障。".repeat(8)}`);
  return `---\ntitle: 年报\nform: zj-2012\nstatistics:\n  proactive_total: 289\n  budget: 6\n---\n${text}\n\n${paragraphs.join("\n\n")}\n`;
}

/// A site that is gone after the test.
export function makeSite(t) {
  const folder = mkdtempSync(join(tmpdir(), "site-"));
  t.after(() => rmSync(folder, { recursive: true, force: true }));
  const site = {
    folder,
    path: (name) => join(folder, name),
    write(name, text) {
      mkdirSync(dirname(join(folder, name)), { recursive: true });
      writeFileSync(join(folder, name), text);
    },
    /// As editors do: another file takes the place of the first.
    save(name, text) {
      site.write(`${name}.tmp~`, text);
      renameSync(site.path(`${name}.tmp~`), site.path(name));
    },
    remove: (name) => rmSync(site.path(name), { recursive: true }),
  };
  site.write("site.toml", 'title = "年报"\n');
  site.write("content/county/_index.md", "---\nkind: region\nname: 某县\n---\n");
  site.write("content/county/office/_index.md", "---\nkind: agency\nname: 某局\n---\n");
  for (const year of [2011, 2012, 2013]) site.write(`content/county/office/${year}.md`, report(`正文${year}`));
  return site;
}

/// Previews the site in a folder; `origin` is where, `kill()` ends it as a crash would.
export async function preview(t, folder, port = 0) {
  const child = spawn(program(), ["serve", "--site", folder, "--port", String(port)], {
    stdio: ["ignore", "pipe", "ignore"],
    env: { LANG: "en" },
  });
  const ended = new Promise((done) => child.once("exit", done));
  const kill = async () => {
    child.kill("SIGKILL");
    await ended;
  };
  t.after(kill);
  for await (const line of createInterface({ input: child.stdout })) {
    const found = /http:\/\/127\.0\.0\.1:(\d+)/u.exec(line);
    if (found) return { origin: found[0], port: Number(found[1]), pid: child.pid, kill };
  }
  throw new Error("the preview did not begin");
}

/// The program that was built last, unless another is named.
export function program() {
  const target = process.env.CARGO_TARGET_DIR ?? join(ROOT, "target");
  const built = ["release", "debug"].map((profile) => join(target, profile, "glasshouse")).filter(existsSync);
  const [found] = built.sort((left, right) => statSync(right).mtimeMs - statSync(left).mtimeMs);
  const path = process.env.GLASSHOUSE ?? found;
  if (!path) throw new Error("no program found: cargo build, or set GLASSHOUSE to its path");
  return path;
}
