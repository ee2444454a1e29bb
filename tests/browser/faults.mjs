// Failing with a list that can be read.

const SHOWN = 40;

/// Fails when there are faults, and names them.
export function none(faults) {
  if (faults.length === 0) return;
  const rest = faults.length > SHOWN ? [`… and ${faults.length - SHOWN} more`] : [];
  const list = [...faults.slice(0, SHOWN), ...rest].map((fault) => `\n  ${fault}`);
  const error = new Error(`${faults.length} at fault${list.join("")}`);
  // The faults say where they are; where they were gathered says nothing.
  error.stack = error.message;
  throw error;
}
