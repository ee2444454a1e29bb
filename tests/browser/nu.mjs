// The Nu HTML checker of the W3C, a program in Java: what is wrong by the HTML standard itself.

import { execFile } from "node:child_process";
import { createRequire } from "node:module";
import { join, relative } from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";

const CHECKER = String(createRequire(import.meta.url)("vnu-jar"));
// It needs a deep stack for its schema, and does not run for long enough to be compiled well.
const JAVA = ["-Xss8m", "-XX:TieredStopAtLevel=1", "-jar", CHECKER];
// With --stdout the list is complete, whatever the exit code.
const OPTIONS = ["--errors-only", "--format", "json", "--stdout", "--exit-zero-always"];

/// What is wrong in the files of a folder that are "html" or "svg", in all or in those at some paths:
/// "page:line:column: what".
export async function nuFaults(folder, kind, paths) {
  const places = paths ? paths.map((path) => join(folder, path)) : [folder];
  const { stdout } = await promisify(execFile)("java", [...JAVA, ...OPTIONS, `--skip-non-${kind}`, ...places], {
    maxBuffer: 256 * 1024 * 1024,
  });
  return JSON.parse(stdout).messages.map(({ url, lastLine, firstColumn, message }) => {
    const path = url ? relative(folder, fileURLToPath(url)) : "?";
    return `${path}:${lastLine ?? 1}:${firstColumn ?? 1}: ${message}`;
  });
}
