// The rules of valid HTML.

import { HtmlValidate, StaticConfigLoader } from "html-validate";

const validator = new HtmlValidate(
  new StaticConfigLoader({
    extends: ["html-validate:recommended", "html-validate:a11y"],
    rules: {
      // Upper or lower case are equally valid, and minifiers write the latter.
      "doctype-style": "off",
      // Titles hold the official names of agencies and forms, however long those are.
      "long-title": "off",
    },
  }),
);

/// What is wrong with a page's markup: "page:line:column: what (rule)".
export async function markupFaults(path, html) {
  const report = await validator.validateString(html);
  return report.results
    .flatMap((result) => result.messages)
    .map((message) => `${path}:${message.line}:${message.column}: ${message.message} (${message.ruleId})`);
}
