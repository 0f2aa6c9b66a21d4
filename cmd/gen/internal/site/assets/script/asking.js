// What the lookup is asked, and what is known before it is there.

// What a text that is nothing but a key of the catalog is, a file of its shelf says
// before the lookup is there, which is longer. It says what the lookup would.
const keys = new Map();
window.errkbKeys = (shelf) => Object.entries(shelf).forEach(([key, matches]) => keys.set(key, matches));
const CODE = /\b[A-Z][A-Z0-9]*(?:_[A-Z0-9]+)+\b/g;
const preparedAtMost = 2;
const BARE = /^[ \n]*([!-~]+)[ \n]*$/;

// prepare loads the verdicts on codes that a text may have, which are needed next.
const prepare = (codes) => codes.forEach((code) => load(cardsOf({ kind: "code", code })).catch(() => {}));

// bare returns what a text is if it is nothing but a key of which that is told.
async function bare(text) {
  const [, key] = BARE.exec(text) ?? [];
  if (!key) {
    prepare((text.match(CODE) ?? []).slice(0, preparedAtMost));
    return undefined;
  }
  prepare([key]);
  await load("keys/" + shelfOf(key)).catch(() => {});
  const matches = keys.get(key);
  return matches?.some(isOfChosen) ? matches.filter(isOfChosen) : undefined;
}

const isOfChosen = (match) => !chosenAPI() || apiOf(match) === chosenAPI();

// explain returns what the text is, and whether that is all that it is: the surest, as
// little of the lookup as can tell it says.
async function explain(text) {
  const known = window.errkbLookup ? undefined : await bare(text);
  if (known) return [known, true];
  await load("lookup.js");
  const surest = ask(text);
  if (surest) return [surest, Boolean(errkbLookup.nearest)];
  await loadAll();
  return [ask(text), true];
}

// loadAll loads the lookup: first what replies need.
async function loadAll() {
  await load("lookup.js");
  await load("words.js");
}

// ask asks the lookup what the text is if it comes from the chosen API. Where that
// is sure, nobody asks about others; else what is as sure there comes first. Before all of
// the lookup is there, it may not know.
function ask(text) {
  if (!chosenAPI()) return errkbLookup.explain(text);
  const own = errkbLookup.explain(text, byId("api").selectedIndex - 1);
  if (!own || own[0]?.confidence === "exact") return own;
  const all = errkbLookup.explain(text);
  const confidences = Object.keys(sureness);
  const rank = ({ confidence }) => confidences.indexOf(confidence);
  return all && [...own, ...all.filter((match) => !isOfChosen(match))].sort((a, b) => rank(a) - rank(b));
}
