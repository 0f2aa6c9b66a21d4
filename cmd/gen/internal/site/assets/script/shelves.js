// The shelves of the site, and what is on them.

// The verdicts and what bare keys are stand on shelves, by a hash of the key: FNV-1a.
const shelfOf = (key) => {
  let hash = 2166136261;
  for (const letter of key) hash = Math.imul(hash ^ letter.codePointAt(0), 16777619);
  return (hash >>> 0) % Number(document.getElementById("verdict").dataset.shelves);
};
const cards = new Map();
window.errkbCards = (shelf) => Object.entries(shelf).forEach(([index, html]) => cards.set(Number(index), html));
const cardsOf = ({ kind, code, address }) => "cards/" + shelfOf(kind === "code" ? code : address) + ".js";

// What a text that is nothing but a key of the catalog is, a file of its shelf says
// before the lookup is there, which is longer. It says what the lookup would. With it are
// the rows of its codes, by which the lookup decides on replies before it has those of all.
const keys = new Map();
const rows = new Map();
window.errkbKeys = (number, shelf, codes) => {
  Object.entries(shelf).forEach(([key, matches]) => keys.set(key, matches));
  rows.set(number, codes);
};
const keysOf = (key) => "keys/" + shelfOf(key) + ".js";
const rowsOf = (key) => rows.get(shelfOf(key));

const CODE = /\b[A-Z][A-Z0-9]*(?:_[A-Z0-9]+)+\b/g;
const preparedAtMost = 2;
const BARE = /^[ \n]*([!-~]+)[ \n]*$/;

// prepare loads what the verdict on a text needs next, as far as that can be seen: the
// shelves of codes that it may have. It returns the key if the text is nothing else.
function prepare(text) {
  const [, key] = BARE.exec(text) ?? [];
  for (const code of key ? [key] : (text.match(CODE) ?? []).slice(0, preparedAtMost)) prepareCode(code);
  return key;
}

// prepareCode returns what waits for what is known of a key. Nothing may be.
function prepareCode(code) {
  load(cardsOf({ kind: "code", code })).catch(() => {});
  return load(keysOf(code)).catch(() => {});
}
