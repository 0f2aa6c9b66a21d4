// A reason is a sentence in the language of the site, with the words by which its place
// in the text is found. It is put into words for the matches that are returned: a log
// holds many more.

class Reason {
  constructor(name, values) {
    this.name = name;
    this.values = values.map((value) => (typeof value === "string" ? { text: value, words: [value] } : value));
  }

  get text() {
    return toBytes(filled(tables.whys[this.name], ...this.values.map(({ text }) => toText(text))));
  }

  get words() {
    return this.values.flatMap(({ words }) => words);
  }
}

const because = (name, ...values) => new Reason(name, values);
const quoted = (words) => ({ words: [words], get text() { return quote(words); } });
const shortTo = (span, length) => first(fields(span), length).join("");
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
