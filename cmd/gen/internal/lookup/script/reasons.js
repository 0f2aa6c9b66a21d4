// A reason is a sentence in the language of the site, with the words by which its place
// in the text is found.

const because = (name, ...values) => {
  const parts = values.map((value) => (typeof value === "string" ? { text: value, words: [value] } : value));
  return { text: toBytes(filled(tables.whys[name], ...parts.map(({ text }) => toText(text)))), words: parts.flatMap(({ words }) => words) };
};
const quoted = (words) => ({ text: quote(words), words: [words] });
const shortly = (span) => quoted(shortTo(span, 60));

// named is an API in a reason, which does not hold words of the text.
const named = ({ title }) => ({ text: title, words: [] });

// filled puts values in place of the verbs of a message. No space stands between two
// letters of Chinese or Japanese, or beside one of their signs.
const filled = (message, ...values) => {
  let next = 0;
  let end = -1;
  let last = "";
  return message.replace(/( ?)%(?:\[(\d+)\])?[sd]((?: (?!%))?)/g, (verb, before, number, after, at) => {
    if (number) next = number - 1;
    const left = at === end ? last : message.slice(0, at);
    last = String(values[next++]);
    end = at + verb.length;
    return (joins(left, last) ? "" : before) + last + (joins(last, message.slice(end)) ? "" : after);
  });
};
const unspaced = /[\p{sc=Han}\u3000-\u30ff\uff00-\uffef]/u;
const isSign = (letter) => unspaced.test(letter) && /\p{P}/u.test(letter);
const joins = (a, b) => (unspaced.test(a.at(-1)) && unspaced.test(b[0])) || isSign(a.at(-1)) || isSign(b[0]);

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
      return { ...candidate(sure, name.entry, name.why(t.span(i, j), how), t.starts[i]), fit, first: i, last: j, by: name.isMessage ? BY_MESSAGE : BY_CODE, letters: t.letters(i, j) };
    });
};
