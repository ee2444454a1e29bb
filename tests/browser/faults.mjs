// Failing with a list that can be read.

import assert from "node:assert/strict";

const SHOWN = 40;

/// Fails when there are faults, and names them.
export function none(faults) {
  const rest = faults.length > SHOWN ? [`… and ${faults.length - SHOWN} more`] : [];
  const list = [...faults.slice(0, SHOWN), ...rest].map((fault) => `  ${fault}`);
  if (faults.length > 0) assert.fail(`${faults.length} at fault\n${list.join("\n")}`);
}
