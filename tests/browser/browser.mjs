// Pages in Chromium, with everything that goes wrong on the way written down.

import { accessSync, constants } from "node:fs";
import { delimiter, join } from "node:path";
import { chromium } from "playwright-core";

const NAMES = ["chromium", "chromium-browser", "google-chrome-stable", "google-chrome", "chrome"];

// Nothing but the page may use the network, and that only on this machine: Chromium's own services are off.
const FLAGS = [
  "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1, EXCLUDE localhost, EXCLUDE *.localhost",
  "--no-sandbox",
  "--disable-gpu",
  "--disable-quic",
  "--no-first-run",
  "--disable-background-networking",
  "--disable-component-update",
  "--disable-sync",
];

export const MODES = {
  light: { viewport: { width: 1280, height: 900 }, colorScheme: "light" },
  dark: { viewport: { width: 1280, height: 900 }, colorScheme: "dark" },
  narrow: { viewport: { width: 320, height: 640 }, colorScheme: "light" },
  "narrow dark": { viewport: { width: 320, height: 640 }, colorScheme: "dark" },
};

export function launch() {
  return chromium.launch({ executablePath: executable(), args: FLAGS });
}

/// Opens an address in a window of its own, as [`openIn`] does.
export async function open(browser, address, options = MODES.light, until = "load") {
  const context = await browser.newContext(options);
  const opened = await openIn(context, address, until);
  return { ...opened, close: () => context.close() };
}

/// Opens an address in a window. `faults` gathers console errors, failed requests and requests to other
/// hosts. Until "networkidle" it waits for what scripts fetch, too.
export async function openIn(context, address, until = "load") {
  const { origin } = new URL(address);
  const faults = [];
  const page = await context.newPage();
  page.on("request", (request) => {
    const url = new URL(request.url());
    if (url.origin !== origin && url.protocol !== "data:") faults.push(`request to another host: ${url}`);
  });
  page.on("console", (message) => {
    // Chromium repeats a failed request here; the request itself is recorded below.
    if (message.type() === "error" && !message.text().startsWith("Failed to load resource")) {
      faults.push(`console error: ${message.text()}`);
    }
  });
  page.on("pageerror", (error) => faults.push(`script error: ${error.message}`));
  page.on("requestfailed", (request) => {
    if (new URL(request.url()).origin === origin) {
      faults.push(`failed request: ${request.url()} (${request.failure()?.errorText})`);
    }
  });
  page.on("response", (response) => {
    if (response.status() >= 400 && !response.request().isNavigationRequest()) {
      faults.push(`failed request: ${response.url()} (${response.status()})`);
    }
  });
  const response = await page.goto(address, { waitUntil: until });
  return { page, faults, status: response.status(), close: () => page.close() };
}

/// The address of a page on a server. The page for missing pages is looked at where it is needed most:
/// a few folders deep.
export function served(server, portal, page) {
  const address = page.path === "404.html" ? new URL("no/such/page/", portal.base) : portal.address(page.path);
  return server.origin + address.pathname;
}

function executable() {
  const candidates = process.env.CHROMIUM
    ? [process.env.CHROMIUM]
    : [
        ...(process.env.PATH ?? "").split(delimiter).flatMap((folder) => NAMES.map((name) => join(folder, name))),
        "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
        "/Applications/Chromium.app/Contents/MacOS/Chromium",
      ];
  const found = candidates.find((path) => {
    try {
      accessSync(path, constants.X_OK);
      return true;
    } catch {
      return false;
    }
  });
  if (!found) throw new Error("no Chromium found: install it, or set CHROMIUM to its path");
  return found;
}
