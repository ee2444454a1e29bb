// Reading documents parsed by parse5.

/// All elements of a tree, in document order.
export function elements(node) {
  const found = [];
  const stack = [node];
  while (stack.length > 0) {
    const current = stack.pop();
    if (current.tagName) found.push(current);
    const children = current.content ? current.content.childNodes : (current.childNodes ?? []);
    for (let i = children.length - 1; i >= 0; i -= 1) stack.push(children[i]);
  }
  return found;
}

export function attribute(element, name) {
  return element.attrs.find((attr) => (attr.prefix ? `${attr.prefix}:${attr.name}` : attr.name) === name)?.value;
}

/// The text of a tree, with runs of space as one space.
export function text(node) {
  const parts = [];
  const visit = (current) => {
    if (current.nodeName === "#text") parts.push(current.value);
    for (const child of current.childNodes ?? []) visit(child);
  };
  visit(node);
  return parts.join("").replace(/\s+/gu, " ").trim();
}

/// Where an element begins: its line.
export function line(element) {
  return element.sourceCodeLocation?.startLine ?? 0;
}
