// What the browser tests of a portal share: Chromium, and a server of the portal, for as long as a file
// of tests runs.

import { after, before } from "node:test";
import { launch, open, served } from "./browser.mjs";
import { builtPortal } from "./portal.mjs";
import { serve } from "./server.mjs";

/// Starts both before the first test of the calling file and ends them after its last.
export function browsing(portal = builtPortal()) {
  let browser;
  let server;
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
