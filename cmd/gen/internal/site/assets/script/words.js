// What the page says, in the language of the site.

// The translations of this script's messages.
const words = WORDS;

// say returns a message in the language of the site, with values for its verbs. No space
// stands between two letters of Chinese or Japanese, or beside one of their signs.
const say = (message, ...values) => {
  const text = words[message] ?? message.split("|", 1)[0];
  if (values.length === 0) return text;
  let next = 0;
  let end = -1;
  let last = "";
  return text.replace(/( ?)%(?:\[(\d+)\])?([sd%])((?: (?!%))?)/g, (verb, before, number, kind, after, at) => {
    if (kind === "%") return before + "%" + after;
    if (number) next = number - 1;
    const left = at === end ? last : text.slice(0, at);
    last = String(values[next++]);
    end = at + verb.length;
    return (joins(left, last) ? "" : before) + last + (joins(last, text.slice(end)) ? "" : after);
  });
};
const unspaced = /[\p{sc=Han}\u3000-\u30ff\uff00-\uffef]/u;
const isSign = (letter) => unspaced.test(letter) && /\p{P}/u.test(letter);
const joins = (a, b) => (unspaced.test(a.at(-1)) && unspaced.test(b[0])) || isSign(a.at(-1)) || isSign(b[0]);
window.errkbSay = say;
