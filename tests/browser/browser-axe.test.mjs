// axe-core on one page of each kind, in light, in dark and on a small screen.

import { after, before, test } from "node:test";
import { MODES, launch, open, served } from "./browser.mjs";
import { violations } from "./axe.mjs";
import { none } from "./faults.mjs";
import { samplePages } from "./pages.mjs";
import { builtPortal } from "./portal.mjs";
import { serve } from "./server.mjs";

const portal = builtPortal();
let browser;
let server;

before(async () => {
  [browser, server] = await Promise.all([launch(), serve(portal)]);
});

after(async () => {
  await browser?.close();
  await server?.close();
});

for (const sample of samplePages(portal)) {
  for (const mode of ["light", "dark", "narrow"]) {
    test(`${sample.name}: axe finds nothing, ${mode} (${sample.path})`, async () => {
      const { page, close } = await open(browser, served(server, portal, sample), MODES[mode]);
      none(await violations(page));
      await close();
    });
  }
}
