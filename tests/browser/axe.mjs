// axe-core in a page: WCAG 2.0 to 2.2, A and AA, and its best practices.

import axe from "axe-core";

const TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22a", "wcag22aa", "best-practice"];

/// Puts axe into a page. What it gives looks at the page as it is then: every rule that is broken, as
/// "rule: what to do (how often): the first elements".
export async function auditor(page) {
  // What is folded away is looked at too.
  await page.evaluate(() => {
    for (const details of document.querySelectorAll("details")) details.open = true;
  });
  await page.evaluate(axe.source);
  return () => page.evaluate(audit, TAGS);
}

/// The rules that a page breaks.
export async function violations(page) {
  return (await auditor(page))();
}

// Runs in the page. Only violations are described in full: the rest is most of the work.
async function audit(tags) {
  const { violations: found, passes } = await globalThis.axe.run(document, {
    runOnly: { type: "tag", values: tags },
    resultTypes: ["violations"],
  });
  if (passes.length === 0) return ["axe: no rule applied"];
  return found.map((rule) => {
    const places = rule.nodes.slice(0, 3).map((node) => `${node.target.join(" ")} ${node.html.slice(0, 160)}`);
    return `${rule.id}: ${rule.help} (${rule.nodes.length}): ${places.join(" · ")}`;
  });
}
