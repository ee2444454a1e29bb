// A static host on the loopback, as strict as a portal may meet: it answers below one path only, and
// its policy refuses inline styles, inline scripts and every other host.

import { readFileSync } from "node:fs";
import { createServer } from "node:http";
import { extname, join } from "node:path";

const TYPES = {
  ".html": "text/html; charset=utf-8",
  ".css": "text/css; charset=utf-8",
  ".js": "text/javascript; charset=utf-8",
  ".wasm": "application/wasm",
  ".json": "application/json",
  ".csv": "text/csv; charset=utf-8",
  ".xml": "application/xml",
  ".svg": "image/svg+xml",
  ".txt": "text/plain; charset=utf-8",
  ".png": "image/png",
  ".jpg": "image/jpeg",
  ".jpeg": "image/jpeg",
  ".gif": "image/gif",
  ".webp": "image/webp",
  ".avif": "image/avif",
  ".ico": "image/x-icon",
  ".pdf": "application/pdf",
};

const POLICY = [
  "default-src 'none'",
  "style-src 'self'",
  "script-src 'self' 'wasm-unsafe-eval'",
  "img-src 'self' data:",
  "connect-src 'self'",
  "manifest-src 'self'",
  "form-action 'self'",
  "base-uri 'none'",
].join("; ");

/// Serves a portal; `origin` is where, `close()` ends it.
export async function serve(portal) {
  const server = createServer((request, response) => {
    const url = new URL(request.url, "http://localhost");
    const answer = answerFor(portal, url);
    response.writeHead(answer.status, {
      "Content-Security-Policy": POLICY,
      "X-Content-Type-Options": "nosniff",
      ...answer.headers,
    });
    response.end(request.method === "HEAD" ? undefined : answer.body);
  });
  await new Promise((done) => server.listen(0, "127.0.0.1", done));
  return {
    origin: `http://127.0.0.1:${server.address().port}`,
    async close() {
      server.closeAllConnections();
      await new Promise((done) => server.close(done));
    },
  };
}

function answerFor(portal, url) {
  const found = portal.resolve(url);
  if (found.path) return fileAnswer(portal, 200, found.path);
  if (found.fault === "lacks its final slash") {
    return { status: 301, headers: { Location: `${url.pathname}/${url.search}` }, body: "" };
  }
  const below = url.pathname.startsWith(portal.base.pathname);
  if (below && portal.files.has("404.html")) return fileAnswer(portal, 404, "404.html");
  return { status: 404, headers: { "Content-Type": "text/plain" }, body: "not found" };
}

function fileAnswer(portal, status, path) {
  const type = TYPES[extname(path).toLowerCase()] ?? "application/octet-stream";
  return { status, headers: { "Content-Type": type }, body: readFileSync(join(portal.folder, path)) };
}
