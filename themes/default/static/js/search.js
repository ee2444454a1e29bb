// Answers queries from the index (docs/search.md), and runs the search page.

const HAN = /[\u1100-\u11ff\u3005\u3007\u3041-\u31ff\u3400-\u9fff\uac00-\ud7af\u{20000}-\u{323af}]/u;
const IGNORED = /["'«»\u00ad\u0300-\u036f\u200b-\u200f\u2018-\u201f‹›\u2060\ufeff\u3008-\u300f\u301d-\u301f]/u;
const WORD = /[\p{Alphabetic}\p{N}]/u;
const DIGIT = /[0-9０-９]/;
const ENOUGH = 10;
const FEW = 10;
const PACKS = 3;

// The index has been published anew.
export class Stale extends Error {}

// Each unit of a text, its class (h, w, b), and where it stands.
export function units(text, isPage, emit) {
  let word = "";
  let start;
  let end;
  let before = "";
  const endWord = () => {
    if (word) emit(word, "w", start, end);
    word = "";
  };
  for (const { 0: c, index: from } of text.matchAll(/./gsu)) {
    const at = from + c.length;
    const next = text.slice(at, at + 4);
    if (c === "," && DIGIT.test(before) && /^[0-9０-９]{3}(?![0-9０-９])/u.test(next)) continue;
    const isBeside = (a, b) => DIGIT.test(a) && HAN.test(b);
    if (isPage && /[ \u00a0\u2009\u202f]/u.test(c) && (isBeside(before, next[0]) || isBeside(next[0], before))) continue;
    before = c;
    for (const folded of c.normalize("NFKC").toLowerCase()) {
      const isHan = HAN.test(folded);
      if (IGNORED.test(folded)) continue;
      if (!isHan && WORD.test(folded)) {
        if (!word) start = from;
        word += folded;
        end = at;
      } else {
        endWord();
        emit(folded, isHan ? "h" : "b", from, at);
      }
    }
  }
  endWord();
}

export function folded(text, isPage) {
  const whole = { text: "", starts: [], ends: [] };
  let isBroken = false;
  units(text, isPage, (piece, kind, from, to) => {
    if (kind !== "b") {
      if (isBroken && whole.text) piece = ` ${piece}`;
      whole.text += piece;
      while (whole.starts.length < whole.text.length) {
        whole.starts.push(from);
        whole.ends.push(to);
      }
    }
    isBroken = kind === "b";
  });
  return whole;
}

const mix = (h) => {
  h = Math.imul(h ^ (h >>> 16), 0x85ebca6b);
  h = Math.imul(h ^ (h >>> 13), 0xc2b2ae35);
  return (h ^ (h >>> 16)) >>> 0;
};

export function hash(term) {
  let high = 0x811c9dc5;
  let low = 0x9747b28c;
  for (const c of term) {
    high = Math.imul(high ^ c.codePointAt(0), 0x01000193);
    low = Math.imul(low ^ c.codePointAt(0), 0x01000193);
    low = (low << 13) | (low >>> 19);
  }
  return [mix(high), mix(low)];
}

export function parse(text) {
  const texts = folded(text).text.split(" ").filter(Boolean).slice(0, 8);
  const share = Math.max(1, Math.floor(5 / texts.length));
  const parts = texts.map((text) => {
    const list = [];
    units(text, false, (piece, kind) => list.push([piece, kind === "h" || /^\d{1,6}$/u.test(piece)]));
    const terms = [];
    let isPaired = false;
    list.forEach(([piece, pairs], at) => {
      const next = list[at + 1];
      const isPair = pairs && next?.[1];
      if (isPair) terms.push(piece + next[0]);
      else if (!isPaired) terms.push(piece);
      isPaired = isPair;
    });
    const count = Math.min(share, terms.length);
    const place = (at) => Math.floor((at * (terms.length - 1)) / Math.max(1, count - 1));
    return { text, terms: [...new Set(terms.slice(0, count).map((_, at) => terms[place(at)]))] };
  });
  const joined = parts.map((part) => part.text).join("");
  const letters = /^[a-z]{2,}$/u.test(joined) && joined;
  const last = Math.max(0, joined.length - 3);
  const runs = [0, (last + 1) >> 1, last].map((at) => `\u0001${joined.slice(at, at + 3)}`);
  return { parts, letters, pinyin: [...new Set(runs)] };
}

class Bits {
  constructor(bytes, at) {
    this.bytes = bytes;
    this.at = at * 8;
  }

  bits(count) {
    let value = 0;
    for (; count > 0; count--) {
      value = (value << 1) | ((this.bytes[this.at >> 3] >> (7 - (this.at & 7))) & 1);
      this.at++;
    }
    return value;
  }

  unary() {
    let count = 0;
    while (this.bits(1)) count++;
    return count;
  }

  gamma() {
    const length = this.unary();
    return (1 << length) | this.bits(length);
  }

  rice(k) {
    return (this.unary() << k) | this.bits(k);
  }

  gaps(size, universe) {
    const k = parameter(size, universe) - this.unary();
    const set = [];
    for (let next = 0; set.length < size; next++) {
      next += this.rice(k);
      set.push(next);
    }
    return set;
  }

  set(size, universe) {
    const all = () => Array.from({ length: universe }, (_, number) => number);
    if (size >= universe) return all();
    if (!this.bits(1)) return this.gaps(size, universe);
    if (!this.bits(1)) {
      const others = new Set(this.gaps(universe - size, universe));
      return all().filter((number) => !others.has(number));
    }
    const set = [];
    let next = 0;
    for (let runs = this.gamma(); runs > 0; runs--) {
      next += this.gamma() - 1;
      for (let length = this.gamma(); length > 0; length--) set.push(next++);
    }
    return set;
  }

  list(count, universe) {
    const list = this.set(count, universe).map((document) => [document, 0]);
    for (const mark of [1, 2]) {
      if (this.bits(1)) for (const rank of this.set(this.gamma(), count)) list[rank][1] |= mark;
    }
    return list;
  }
}

const parameter = (size, universe) => Math.max(0, 31 - Math.clz32((universe * 11) / (Math.max(size, 1) * 16)));

function lines(bytes) {
  let above = [];
  return new TextDecoder().decode(bytes.subarray(2)).split("\n").slice(0, -1).map((line) => {
    above = line.split("\t").map((field, at) => (above[at] ?? "").slice(0, field.charCodeAt(0) - 32) + field.slice(1));
    return above;
  });
}

export class Index {
  constructor(base) {
    this.base = base;
    this.files = {};
  }

  async open() {
    this.meta ??= await (await this.fetch("meta.json", { cache: "no-cache" })).json();
    if (this.meta.version !== 1) throw new Stale();
    return this;
  }

  async fetch(path, options) {
    const response = await fetch(this.base + path, options);
    if (!response.ok) throw new Stale();
    return response;
  }

  async file(block, kind, name, bits) {
    const path = `${block.path}/${kind}/${name}.bin?${block.hash}`;
    this.files[path] ??= this.fetch(path).then((response) => response.arrayBuffer());
    const bytes = new Uint8Array(await this.files[path]);
    if (bytes[0] !== 0xa7 || bytes[1] !== "_dpcfv".indexOf(kind) || (bits ?? bytes[2]) !== bytes[2]) throw new Stale();
    return bytes;
  }

  lookUp(block, terms) {
    return Promise.all(terms.map((term) => this.lookUpOne(block, term)));
  }

  async lookUpOne(block, term) {
    const [high, low] = hash(term);
    const range = (bits) => (bits && high >>> (32 - bits)).toString(16);
    const bits = new Bits(await this.file(block, "d", range(block.shards), block.shards), 3);
    const terms = bits.gamma() - 1;
    const k = parameter(terms, 1 << 24);
    let print = 0;
    let place = -1;
    for (let at = 0; at < terms; at++) {
      print += bits.rice(k);
      if (print === low >>> 8) place = at;
    }
    for (let at = 0; at <= place; at++) {
      const count = bits.gamma();
      const part = bits.bits(1) && bits.gamma();
      const list = !part && bits.list(count, block.documents);
      if (at === place) return { count, list, print: low >>> 8, pack: range(block.packs) + (part > 1 ? `-${(part - 1).toString(16)}` : "") };
    }
    return { count: 0, list: [] };
  }

  async listOf(block, { list, count, print, pack }) {
    if (list) return list;
    const bytes = await this.file(block, "p", pack, block.packs);
    for (let at = 3; at < bytes.length; ) {
      const bits = new Bits(bytes, at);
      const own = bits.bits(24);
      const length = bits.bits(16);
      if (own === print) return bits.list(count, block.documents);
      at += 5 + length;
    }
    throw new Stale();
  }

  async narrow(block, state, terms) {
    let packs = 0;
    for (const term of terms.sort((a, b) => a.count - b.count)) {
      const isIdle = term.count * 100 >= block.documents * 97 || state.found?.length <= FEW;
      if (!term.list && (packs === PACKS || (state.found && isIdle))) continue;
      packs += !term.list;
      const list = await this.listOf(block, term);
      const marks = new Map(list);
      const weight = 32 - Math.clz32(block.documents / term.count);
      state.terms++;
      state.found = (state.found ?? list.map(([document]) => ({ document, score: 0, titles: 0 }))).filter((candidate) => {
        const mark = marks.get(candidate.document);
        candidate.titles += mark & 1;
        candidate.score += weight * (30 * (mark & 1) + 7 * (mark >> 1));
        return mark !== undefined;
      });
    }
    return state.found;
  }

  async searchBlock(at, query) {
    const block = this.meta.blocks[at];
    const state = { terms: 0 };
    const looked = await Promise.all(query.parts.map((part) => this.lookUp(block, part.terms)));
    const absent = query.parts.filter((_, part) => looked[part].some((term) => !term.count));
    if (absent.length) return { found: [], absent };
    await this.narrow(block, state, looked.flat());
    for (const candidate of state.found) {
      candidate.document += at * this.meta.block;
      if (candidate.titles === state.terms) candidate.score += 1 << 20;
    }
    return { found: state.found, absent };
  }

  async search(text, keeps) {
    const query = parse(text);
    const { reports, agencies, blocks, block } = this.meta;
    const last = blocks.length - 1;
    let all = [];
    let missing;
    for (let at = last; at >= 0 && query.parts.length && all.length < ENOUGH; at--) {
      const { found, absent } = await this.searchBlock(at, query);
      missing = missing?.filter((part) => absent.includes(part)) ?? absent;
      const isPage = ({ document }) => document >= reports;
      found.sort((a, b) => b.score - a.score || isPage(a) - isPage(b) || b.document - a.document);
      all = all.concat(found.filter(({ document }) => !keeps || keeps(document)));
    }
    let named = all.filter(({ titles }) => titles).map(({ document }) => document);
    if (query.letters && last >= 0) {
      const found = await this.narrow(blocks[last], { terms: 0 }, await this.lookUp(blocks[last], query.pinyin));
      named = named.concat(found.map(({ document }) => document + last * block));
    }
    named = [...new Set(named)].sort((a, b) => a - b).filter((document) => document >= reports && document < agencies);
    const length = (hit) => Math.min(...hit.names.map((name) => {
      const plain = folded(name, true).text;
      const fits = query.parts.every((part) => plain.includes(part.text)) || (query.letters && plain.includes(query.letters));
      return fits ? [...name].length : 1e9;
    }));
    const told = keeps ? [] : await this.tell(this.near(named, 1e9, 2));
    const direct = told.filter((hit) => length(hit) < 1e9).sort((a, b) => length(a) - length(b)).slice(0, 5);
    const isOther = (document) => !direct.some((hit) => hit.document === document);
    return { query, direct, documents: all.map(({ document }) => document).filter(isOther), missing: missing?.map(({ text }) => text) ?? [] };
  }

  // As many documents as so many chunks tell of.
  near(documents, most, chunks) {
    const seen = new Set();
    return documents.slice(0, most).filter((document) => seen.add(Math.floor(document / this.meta.chunk)).size <= chunks);
  }

  tell(documents) {
    return Promise.all(documents.map(async (document) => {
      const local = document % this.meta.block;
      const block = this.meta.blocks[(document - local) / this.meta.block];
      const bytes = await this.file(block, "c", Math.floor(local / this.meta.chunk).toString(16));
      const [kind, url, title, note, names] = lines(bytes)[local % this.meta.chunk];
      return { document, kind, url, title, note, names: names.split("|").filter(Boolean) };
    }));
  }

  async having(facet, keys) {
    const documents = new Set();
    for (const [at, block] of this.meta.blocks.entries()) {
      for (const term of await this.lookUp(block, keys.map((key) => `\u0002${facet}:${key}`))) {
        for (const [document] of await this.listOf(block, term)) documents.add(document + at * this.meta.block);
      }
    }
    return documents;
  }

  async column(facet) {
    const column = [];
    for (const block of this.meta.blocks) {
      for (const [file, offset] of block.columns[facet]) {
        const bits = new Bits(await this.file(block, "f", file.toString(16)), offset);
        let value = 0;
        for (let runs = bits.gamma(); runs > 0; runs--) {
          const length = bits.gamma();
          const code = bits.gamma() - 1;
          value += (code >> 1) ^ -(code & 1);
          for (let left = length; left > 0; left--) column.push(value);
        }
      }
    }
    return column;
  }

  async options(facet, documents, ticked) {
    const column = await this.column(facet);
    const { values, tops } = this.meta.facets[facet];
    const counts = new Map();
    for (const document of documents) counts.set(column[document], (counts.get(column[document]) ?? 0) + 1);
    counts.delete(0);
    const single = [...counts].sort((a, b) => b[1] - a[1] || b[0] - a[0]);
    const within = ([number], [from, to]) => number >= from && number <= to;
    const inner = tops ? single.filter((one) => tops.some((top) => ticked.includes(top[2]) && within(one, top) && one[0] > top[0])) : single;
    const sum = (top) => single.reduce((total, one) => total + (within(one, top) && one[1]), 0);
    const list = (tops ?? []).map((top) => [top[2], top[3], sum(top)]).filter(([, , count]) => count);
    for (const [number, count] of inner.slice(0, 20)) {
      const name = `${facet}-${((number - 1) >> 8).toString(16)}`;
      const value = values ? values[number - 1] : lines(await this.file(this.meta.values, "v", name))[(number - 1) & 255];
      list.push([...value, count]);
    }
    return list;
  }

  async simplify(text) {
    const [from, to] = (await (await this.fetch("hant.txt")).text()).split("\n");
    return [...text].map((c) => to[from.indexOf(c)] ?? c).join("");
  }
}


function make(tag, properties, ...children) {
  const element = Object.assign(document.createElement(tag), properties);
  element.append(...children);
  return element;
}

// A page's text, a line a block, units behind their figures.
export function textOf(page) {
  const text = ["", ""];
  let block;
  let unit = "";
  const walker = page.createTreeWalker(page.querySelector("main") ?? page.body, 4);
  while (walker.nextNode()) {
    const { data, parentElement } = walker.currentNode;
    const own = parentElement.closest("p,li,td,th,dt,dd,h1,h2,h3,h4,main");
    if (parentElement.closest("svg,script,nav")) continue;
    if (own.matches(".unit-column")) {
      unit = data.trim();
      continue;
    }
    // What results show already comes last.
    const at = own.closest("header,.citation") ? 1 : 0;
    if (own !== block) text[at] += own.matches("td") ? " " : "\n";
    block = own;
    text[at] += data;
    if (own.matches(".num") && data.trim()) {
      text[at] += unit;
      unit = "";
    }
  }
  return text.join("\n");
}

function places(whole, text) {
  const isWord = (c = " ") => WORD.test(c) && !HAN.test(c);
  const list = [];
  for (let at = -1; (at = whole.text.indexOf(text, at + 1)) >= 0; ) {
    const end = at + text.length;
    const isCut = (isWord(text[0]) && isWord(whole.text[at - 1])) || (isWord(text.at(-1)) && isWord(whole.text[end]));
    if (!isCut) list.push([whole.starts[at], whole.ends[end - 1]]);
  }
  return list;
}

export function excerpt(source, parts) {
  const whole = folded(source, true);
  const each = parts.map((part) => places(whole, part));
  const marks = each.flat().sort((a, b) => a[0] - b[0]);
  const pieces = [];
  if (marks[0]) {
    const line = source.lastIndexOf("\n", marks[0][0]) + 1;
    let at = Math.max(line, marks[0][0] - 40);
    const to = at + 120;
    const add = (end, isMark) => {
      pieces.push({ text: source.slice(at, end).replace(/\s+/gu, " "), isMark });
      at = end;
    };
    if (at > line) pieces.push({ text: "…" });
    for (const [start, end] of marks) {
      if (start < at || end > to) continue;
      add(start);
      add(end, true);
    }
    add(to);
    pieces.push({ text: "…" });
  }
  return { pieces, isWhole: each.every((list) => list[0]) };
}

function start(root) {
  const say = (id, text = "") => root.dataset[id].replace("%", () => text);
  const form = root.querySelector("form");
  const field = form.q;
  const filters = root.querySelector("details");
  const facets = [...filters.querySelectorAll("fieldset")];
  const [status, message, direct, results, button] = root.querySelectorAll("[data-part]");
  let index = new Index(root.dataset.index);
  let turn = 0;
  let timer;
  let wait;
  let isComposing = false;
  let found;
  let shown;

  const linkTo = ({ url, title }) => make("a", { href: root.dataset.base + url.split("/").map(encodeURIComponent).join("/") }, title);
  const boxOf = ({ name }, value, checked) => make("input", { type: "checkbox", name, value, checked });
  const span = (className, text) => make("span", { className }, text);

  async function verify(item) {
    const link = item.querySelector("a");
    const response = await fetch(link.href);
    if (!response.ok) return;
    const page = new DOMParser().parseFromString(await response.text(), "text/html");
    const { pieces, isWhole } = excerpt(textOf(page), found.query.parts.map((part) => part.text));
    item.lastChild.replaceChildren(...pieces.map(({ text, isMark }) => (isMark ? make("mark", {}, text) : text)));
    const first = pieces.find(({ isMark }) => isMark);
    if (first) link.hash = `:~:text=${encodeURIComponent(first.text).replaceAll("-", "%2D")}`;
    if (isWhole) return;
    item.firstChild.append(span("tag", say("partial")));
    if (document.activeElement !== link) results.append(item);
  }

  const sight = new IntersectionObserver((entries) => {
    for (const { target } of entries.filter((entry) => entry.isIntersecting)) {
      sight.unobserve(target);
      verify(target).catch(() => {});
    }
  });

  async function more() {
    const mine = turn;
    const next = index.near(found.documents.slice(shown), 10, 4);
    const items = (await index.tell(next)).map((hit) =>
      make("li", {}, make("p", {}, linkTo(hit), " ", hit.kind === "r" ? "" : span("tag", say(hit.kind))), make("p", {}, span("small", hit.note)), make("p", {})));
    if (mine !== turn) return;
    shown += next.length;
    results.append(...items);
    for (const item of items) sight.observe(item);
    button.hidden = shown >= found.documents.length;
    return items[0];
  }

  const wanted = () => new URLSearchParams([...new FormData(form)].filter(([, value]) => value.trim()));

  async function filter(params) {
    const sets = [];
    for (const { name } of facets) if (params.has(name)) sets.push(await index.having(name, params.getAll(name)));
    return sets[0] && ((document) => sets.every((set) => set.has(document)));
  }

  async function fill(mine) {
    for (const set of facets) {
      const params = wanted();
      const ticked = params.getAll(set.name);
      params.delete(set.name);
      const { documents } = ticked[0] ? await index.search(found.text, await filter(params)) : found;
      const options = await index.options(set.name, documents, ticked);
      if (mine !== turn) return;
      if (set.name === "year") options.sort((a, b) => b[0] - a[0]);
      const focus = set.contains(document.activeElement) && document.activeElement.value;
      set.lastChild.replaceChildren(...options.map(([value, name, count]) => make("label", {}, boxOf(set, value, ticked.includes(value)), ` ${name} `, span("small", count))));
      for (const box of set.querySelectorAll("input")) if (box.value === focus) box.focus();
      set.hidden = !options[0];
    }
  }

  async function answer(params, mine) {
    const note = [];
    let text = params.get("q");
    await index.open();
    const keeps = await filter(params);
    let result = await index.search(text, keeps);
    const isNothing = ({ documents, direct }) => !documents[0] && !direct[0];
    if (isNothing(result)) {
      const simple = await index.simplify(text);
      const other = simple === text ? result : await index.search(simple, keeps);
      const rest = result.query.parts.map((part) => part.text).filter((part) => !result.missing.includes(part));
      if (!isNothing(other)) {
        [text, result] = [simple, other];
        note.push(say("simplified", simple));
      } else {
        note.push(result.missing[0] ? say("missing", result.missing.join(" ")) : say(keeps ? "narrow" : "nothing"));
        if (result.missing[0] && rest[0]) note.push(" ", make("a", { href: `?q=${encodeURIComponent(rest.join(" "))}` }, say("without", rest.join(" "))));
      }
    }
    if (mine !== turn) return;
    found = { ...result, text };
    shown = 0;
    clear(note);
    direct.append(...result.direct.map((hit) => make("li", {}, linkTo(hit), " ", span("small", hit.note))));
    direct.parentElement.hidden = !result.direct[0];
    status.textContent = say("count", (result.documents.length + result.direct.length).toLocaleString("en"));
    filters.hidden = false;
    if (filters.open) fill(mine).catch(() => {});
    await more();
  }

  function clear(note) {
    clearTimeout(wait);
    sight.disconnect();
    for (const list of [status, direct, results]) list.replaceChildren();
    message.replaceChildren(...note);
    direct.parentElement.hidden = button.hidden = true;
  }

  async function search(isAgain) {
    const mine = ++turn;
    const params = wanted();
    const isEmpty = !params.has("q");
    for (const element of document.querySelectorAll("[data-browse]")) element.hidden = !isEmpty;
    filters.hidden ||= isEmpty;
    if (isEmpty) return clear([]);
    clearTimeout(wait);
    wait = setTimeout(() => message.replaceChildren(say("loading")), 300);
    try {
      await answer(params, mine);
    } catch (error) {
      if (mine !== turn) return;
      const isStale = error instanceof Stale;
      index = new Index(root.dataset.index);
      if (isStale && isAgain !== true) return search(true);
      clear([say(isStale ? "stale" : "offline"), " ", make("button", { type: "button", onclick: search }, say("again"))]);
    }
  }

  function go(how) {
    clearTimeout(timer);
    history[`${how}State`](null, "", `?${wanted()}`);
    search();
  }

  function restore() {
    const params = new URLSearchParams(location.search);
    field.value = params.get("q") ?? "";
    for (const set of facets) {
      set.lastChild.replaceChildren(...params.getAll(set.name).map((value) => boxOf(set, value, true)));
      filters.open ||= params.has(set.name);
    }
    search();
  }

  field.addEventListener("compositionstart", () => (isComposing = true));
  field.addEventListener("compositionend", () => {
    isComposing = false;
    field.dispatchEvent(new Event("input"));
  });
  field.addEventListener("input", () => {
    clearTimeout(timer);
    if (!isComposing) timer = setTimeout(go, 200, "replace");
  });
  field.addEventListener("keydown", (event) => {
    if (event.key === "Enter" && (event.isComposing || event.keyCode === 229)) event.preventDefault();
  });
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    go("push");
  });
  filters.addEventListener("change", () => go("push"));
  filters.addEventListener("toggle", () => filters.open && found && fill(turn).catch(() => {}));
  button.addEventListener("click", async () => (await more())?.querySelector("a").focus());
  addEventListener("popstate", restore);
  restore();
}

if (globalThis.document) start(document.querySelector("search[data-index]"));
