// The steps, in their order.

// wellFormed puts a space in place of half characters.
const wellFormed = (text) => (/[\ud800-\udfff]/.test(text) ? text.replace(/\p{Cs}+/gu, " ") : text);

// explain returns the entries that a text may speak of, best first: objects
// with confidence (exact, likely or guess), why, words (of the text that led to it), count,
// requestId, field, entry, which has the index in the catalog, api, title, kind, code and address, and decision. Asked is the
// place of the API among all that it is about, if somebody says so. Before the second part
// of the script is there, it is undefined for texts of which that might say more than
// beside the surest, and for codes whose shelf is undefined: shelfOf returns the rows of a
// code's shelf.
const explain = (text, asked, shelfOf = () => undefined) => {
  const { pasted, t } = read(String(text));
  for (;;) {
    const f = new Findings(t, apis[asked]);
    missing = undefined;
    try {
      findReply(pasted, t, f);
      later.findRest(t, f);
      return f.matches();
    } catch (error) {
      if (error !== notYet) throw error;
    }
    const shelf = missing !== undefined && shelfOf(toText(missing));
    if (!shelf) return undefined;
    tell(missing, shelf);
  }
};

// read cuts a text, unless it was the last that somebody asked about: a page asks twice
// where an API is chosen.
let recent = {};
const read = (text) => {
  if (recent.text === text) return recent;
  const pasted = head(toBytes(wellFormed(text.slice(0, limits.text + 1))), limits.text);
  const lines = cleanLines(toText(pasted));
  const t = new Text(dropQuoteMarks(lines));
  t.noteQuotes(lines);
  return (recent = { text, pasted, t });
};
