// What the lookup is asked, and what is known before it is there.

// bare returns what a text is if it is nothing but a key of which that is told.
async function bare(text) {
  const key = prepare(text);
  if (!key) return undefined;
  await Promise.any([prepareCode(key), loadAll()]);
  const matches = keys.get(key);
  return matches?.some(isOfChosen) ? matches.filter(isOfChosen) : undefined;
}

const isOfChosen = (match) => !chosenAPI() || apiOf(match) === chosenAPI();

// explain returns what the text is, and whether that is all that it is: the surest, as
// little of the lookup as can tell it says.
async function explain(text) {
  const known = window.errkbLookup?.nearest ? undefined : await bare(text);
  if (known) return [known, true];
  await load("lookup.js");
  for (;;) {
    lacking = undefined;
    const surest = ask(text);
    if (surest) return [surest, Boolean(errkbLookup.nearest)];
    const code = lacking;
    if (code === undefined) break;
    await Promise.any([prepareCode(code), loadAll()]);
    if (!rowsOf(code)) break;
  }
  await loadAll();
  return [ask(text), true];
}

// shelf returns the rows of the codes beside one, or notes that it lacks them.
let lacking;
const shelf = (code) => {
  const rows = rowsOf(code);
  if (!rows) lacking = code;
  return rows;
};

// loadAll loads the lookup: first what replies need.
async function loadAll() {
  await load("lookup.js");
  await load("words.js");
}

// ask asks the lookup what the text is if it comes from the chosen API. Where that
// is sure, nobody asks about others; else what is as sure there comes first. Before all of
// the lookup is there, it may not know.
function ask(text) {
  if (!chosenAPI()) return errkbLookup.explain(text, undefined, shelf);
  const own = errkbLookup.explain(text, byId("api").selectedIndex - 1, shelf);
  if (!own || own[0]?.confidence === "exact") return own;
  const all = errkbLookup.explain(text, undefined, shelf);
  const confidences = Object.keys(sureness);
  const rank = ({ confidence }) => confidences.indexOf(confidence);
  return all && [...own, ...all.filter((match) => !isOfChosen(match))].sort((a, b) => rank(a) - rank(b));
}
