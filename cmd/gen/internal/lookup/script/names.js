// Names, and how sure it is that a text means one.

const [CODE_NAME, ALIAS_NAME, MESSAGE_NAME] = [0, 1, 2];
const [LITERAL, RESPELLED, PARTIAL, AS_CLASS] = [0, 1, 2, 3];
const isThrown = (word) => /(?:error|exception)$/.test(word);
const [VERBATIM, JOINED, SPACED, DOTTED, MARKED, MIXED] = [0, 1, 2, 3, 4, 5];

// Name is one text that an entry is known by.
class Name {
  constructor(entry, kind, text) {
    const t = cut(text);
    this.entry = entry;
    this.kind = kind;
    this.isMessage = kind === MESSAGE_NAME;
    this.text = text;
    this.words = t.words();
    this.lead = text.slice(0, t.starts[0]);
    this.core = t.span(0, t.last);
    this.trail = text.slice(t.ends[t.last]);
    this.isWord = t.flat.length < limits.shortest || (this.words.length === 1 && !/\p{Nd}/u.test(toText(text)));
  }

  // subject is what the rows of the judgement call the name.
  get subject() {
    return this.isMessage ? "message" : this.isWord ? "word" : "code";
  }

  styleOf(span) {
    if (span === this.core) return VERBATIM;
    const folded = fold(span);
    if (this.entry.api.fold && !this.isMessage && folded === fold(this.core)) return VERBATIM;
    const bare = (text) => text.replace(/ /g, "");
    if (this.core.includes(": ") && span.includes(": ") && bare(folded) === bare(fold(this.core))) return JOINED;
    const joins = (separator) => folded === this.words.join(separator);
    if (joins("_") || joins("-") || joins("")) return JOINED;
    return joins(" ") ? SPACED : joins(".") ? DOTTED : this.isMarked(folded) ? MARKED : MIXED;
  }

  isMarked(folded) {
    const [head, ...rest] = this.words;
    return rest.length > 0 && tables.marks.some((mark) => folded === head + mark + rest.join(" ") || folded === head + mark + rest.join("_"));
  }

  // judge returns how sure it is that atoms i to j stand for the name, and how
  // they write it.
  judge(t, i, j) {
    const how = this.styleAt(t, i, j);
    const place = { name: this, t, i, j, span: t.span(i, j) };
    const holds = ({ styles, facts }) => styles[how] && facts.every(([fact, want]) => fact(place) === want);
    return [(judgements.get(this.subject).find(holds) || nothing).sure, how];
  }

  styleAt(t, i, j) {
    const how = this.unwrap(t.span(i, j));
    const start = t.starts[i];
    const inFull = t.clean.startsWith(this.lead, start - this.lead.length) && t.clean.startsWith(this.trail, t.ends[j]);
    return how === VERBATIM && !inFull ? JOINED : how;
  }

  // unwrap returns how a span writes the name, also where lines end in it.
  unwrap(span) {
    if (!span.includes("\n")) return this.styleOf(span);
    const lines = span.split("\n");
    const bare = lines.map((line, i) => {
      if (i > 0) line = trimStart(line, " >|#*");
      return i < lines.length - 1 ? trimEnd(line, " =") : line;
    });
    const unhyphened = bare.reduce((word, line) => word.replace(/-$/, "") + line);
    for (const word of [bare.join(""), unhyphened]) {
      const how = this.styleOf(word);
      if (how <= JOINED && (/[_-]/.test(word) || (how === VERBATIM && word.length >= limits.wrapped))) return how;
    }
    return this.styleOf(bare.join(" ")) === SPACED ? SPACED : MIXED;
  }

  why(span, how) {
    const { text } = this;
    if (this.isMessage) return because("message", quoted(text));
    if (how > VERBATIM) return because(how === MIXED ? "letters" : "spelling", shortly(span), text);
    return this.kind === ALIAS_NAME ? because("alias", text, this.entry.key) : because("found", text);
  }
}

const facts = {
  whole: ({ t, i, j }) => t.whole(i, j),
  opens: ({ t, i }) => t.opens(i),
  closes: ({ t, j }) => t.closes(j),
  pauses: ({ t, j }) => t.pauses(j),
  labelled: ({ t, i }) => t.labelled(i),
  told: ({ t, i }) => t.told(i),
  counted: ({ t, i }) => i > 0 && t.isNumber(i - 1),
  numbered: ({ name, t, i }) => i > 0 && t.letters(i - 1, i - 1) === squash(name.entry.key),
  underscored: ({ t, i, j }) => t.touches(i, j, "_"),
  hyphened: ({ t, i, j }) => t.touches(i, j, "-"),
  pointed: ({ t, i, j }) => t.touches(i, j, "."),
  linked: ({ t, i, j }) => t.touches(i, j, "_-./"),
  continued: ({ t, j }) => t.touchesRight(j, "."),
  spread: ({ span }) => /[ \n]/.test(span),
  wrapped: ({ span }) => span.includes("\n"),
  separated: ({ span }) => /[_-]/.test(span),
  tight: ({ t, i, j }) => t.isTight(i, j),
  quoted: ({ name, t, i, span }) => fields(span) === name.core && /^\p{Lu}/u.test(toText(span)) && !t.opens(i),
  single: ({ name }) => name.words.length < 2,
  long: ({ name }) => name.words.length > 2,
  hyphenless: ({ name }) => !name.text.includes("-"),
  capital: ({ name }) => UPPER.test(toText(name.text)),
};

const nothing = { sure: NONE };
const judgements = new Map();
for (const [subject, named, when, sure] of tables.rows) {
  const conditions = when.split(" ").filter(Boolean);
  file(judgements, subject, {
    styles: tables.styles.map((style) => !named || named.split(" ").includes(style)),
    facts: conditions.map((name) => [facts[cutPrefix(name, "!")], name[0] !== "!"]),
    sure: confidences.indexOf(sure),
  });
}

// Spelling is the names with the same letters. They are looked at only where a
// text has these letters, or nearly so.
class Spelling {
  constructor(letters, rows) {
    this.letters = letters;
    this.rows = rows;
  }

  get names() {
    if (!this.made) this.made = this.rows.map((row) => new Name(...row));
    return this.made;
  }
}

const judge = (spelling, t, i, j) => {
  const written = new Set();
  const rivals = new Map();
  const readings = [];
  for (const name of spelling.names) {
    const [confidence, how] = name.judge(t, i, j);
    if (confidence < 0) continue;
    const { entry, isMessage } = name;
    const spelled = !isMessage && how > VERBATIM;
    readings.push({ name, confidence, how, spelled });
    if (spelled) rivals.set(entry.api, (rivals.get(entry.api) || new Set()).add(entry));
    else if (!isMessage) written.add(entry.api);
  }
  return readings
    .filter(({ name, spelled }) => !(spelled && written.has(name.entry.api)))
    .map(({ name, confidence, how, spelled }) => {
      const contested = spelled && (written.size > 0 || rivals.get(name.entry.api).size > 1);
      const fit = t.fitOf(i, j, how);
      const sure = contested || fit === AS_CLASS ? Math.max(confidence, LIKELY) : confidence;
      const hit = candidate(sure, name.entry, name.why(t.span(i, j), how), t.starts[i], 0, name.isMessage ? BY_MESSAGE : BY_CODE);
      return Object.assign(hit, { fit, first: i, last: j, letters: t.letters(i, j) });
    });
};
