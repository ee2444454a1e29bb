// What the browser tests of a portal share: Chromium, and a server of the portal, for as long as a file
// of tests runs.

import { after, before } from "node:test";
import { MODES, launch, open, openIn, served } from "./browser.mjs";
import { builtPortal } from "./portal.mjs";
import { serve } from "./server.mjs";

/// Starts both before the first test of the calling file and ends them after its last.
export function browsing(portal = builtPortal()) {
  let browser;
  let server;
  const windows = new Map();
  before(async () => {
    [browser, server] = await Promise.all([launch(), serve(portal)]);
  });
  after(async () => {
    await browser?.close();
    await server?.close();
  });
  return {
    portal,
    /// Opens one of the portal's pages, or an address within the portal (`years/2012/`), until the test
    /// is over. Only while tests run, as all that follows.
    async open(t, page, options, until) {
      const opened = await open(browser, this.at(page), options, until);
      t.after(() => opened.close());
      return opened;
    },
    /// The same in a window that all tests of the file share which pass the same object as options, which is
    /// much faster; for tests that only look.
    async look(t, page, options = MODES.light, until) {
      if (!windows.has(options)) windows.set(options, await browser.newContext(options));
      const opened = await openIn(windows.get(options), this.at(page), until);
      t.after(() => opened.close());
      return opened;
    },
    /// Where a page, or an address within the portal, is served.
    at: (page) =>
      typeof page === "string" ? server.origin + portal.base.pathname + page : served(server, portal, page),
    /// A browser window of its own, for what `open` does not do.
    async window(t, options) {
      const context = await browser.newContext(options);
      t.after(() => context.close());
      return context.newPage();
    },
  };
}
