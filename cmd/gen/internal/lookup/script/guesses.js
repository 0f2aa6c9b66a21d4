// Guesses about texts without anything surer.

const wordsOf = (name) => toBytes(tables.words[name]).split(" ");
const errorWords = wordsOf("errors");
const fronts = wordsOf("fronts");
const wideSayings = wordsOf("wideSayings");
const manyEnds = wordsOf("manyEnds");
const laterSayings = wordsOf("laterSayings");
const wideEnds = wordsOf("wideEnds");
const adverbs = new Set(wordsOf("adverbs"));
const [sayings, receipts, articles, speakers, followers, havings] = ["sayings", "receipts", "articles", "speakers", "followers", "havings"].map((name) => new Set(wordsOf(name)));

const technical = lazy(() => new Lexicon(wordsOf("technical").map((word) => [word, word])));

// alike makes the same what looks the same.
const glyphs = new Map(tables.glyphs.map((pair) => pair.map(toBytes)));
const GLYPH = new RegExp(Array.from(glyphs.keys()).join("|"), "g");
const alike = (letters) => letters.replace(GLYPH, (glyph) => glyphs.get(glyph));
const without = (words, k) => words.slice(0, k).concat(words.slice(k + 1)).join("");
const isMost = (rest, all) => rest.length >= limits.typo && rest.length * 3 >= all.length * 2;

const lesser = lazy(() => {
  const own = { glyphs: new Map(), words: new Map() };
  for (const entry of listings.flat()) {
    const t = cut(entry.key);
    if (isNumber(entry.key) || t.flat.length < limits.typo) continue;
    file(own.glyphs, alike(t.flat), entry);
    const words = t.words();
    words.forEach((word, k) => {
      const rest = without(words, k);
      const old = own.words.get(rest) || [];
      if (!/[0-9]/.test(word) && isMost(rest, t.flat) && old[old.length - 1] !== entry) file(own.words, rest, entry);
    });
  }
  own.tails = new Lexicon(Array.from(tails()).filter(([tail]) => tail.length >= limits.cut));
  return own;
});

const findGuesses = (t, f) => {
  const holdsCode = Array.from(f.best.keys()).some(({ kind }) => kind === CODE || kind === PREFIX);
  if (!holdsCode) {
    guessCodes(t, f);
    guessMeanings(t, f);
  }
  if (f.best.size > 0) return;
  guessStatuses(t, f);
  guessTimeouts(t, f);
};

const guessCodes = (t, f) => {
  let last = NONE;
  let tried = 0;
  for (const i of t.coded) {
    if (i <= last || tried === limits.words) continue;
    const j = looseEnd(t, i);
    last = j;
    const length = t.froms[j + 1] - t.froms[i];
    if (length < limits.typo || length > 2 * spellings.longest || !(t.looksLikeCode(i, j) || t.whole(i, j))) continue;
    tried++;
    guessCode(t, i, j, f);
  }
  lesser().tails.walkAll(t, bridges, (entries, i, j) => {
    if (!t.isPhrase(i, j, "")) return;
    const told = (t.opens(i) || isSaid(t, i)) && t.pauses(j);
    for (const entry of entries.filter(({ key }) => told || cut(key).words()[0] === wordAfter(t, j))) f.add(candidate(GUESS, entry, because("headless", shortly(t.span(i, j)), entry.key), t.starts[i], 3));
  });
};

const meanings = lazy(() => {
  const same = new Map();
  for (const [place, meaning] of quotable) if (squash(toBytes(meaning)).length >= limits.typo) file(same, squash(toBytes(meaning)), { entry: all[place], said: fold(toBytes(clean(meaning))) });
  return new Lexicon(Array.from(same));
});

const guessMeanings = (t, f) =>
  meanings().walkAll(t, bridges, (entries, i, j) => {
    if (!t.opens(i) || !t.closes(j)) return;
    const words = fold(t.span(i, j)).split(/[ \n]+/).join(" ");
    for (const { entry, said } of entries) if (said.includes(words)) f.add(candidate(GUESS, entry, because("meaning", shortly(t.span(i, j)), entry.key), t.starts[i]));
  });

const looseEnd = (t, i) => {
  while (i < t.last && (t.touchesRight(i, "_-") || t.isLoose(i))) i++;
  return i;
};

const guessCode = (t, i, j, f) => {
  const letters = t.letters(i, j);
  const add = (entries, distance, name, ...more) => {
    for (const entry of entries.slice(0, limits.near)) f.add(candidate(GUESS, entry, because(name, shortly(t.span(i, j)), entry.key, ...more), t.starts[i], distance));
    return entries.length > 0;
  };
  const { glyphs, words: fewer } = lesser();
  if (add(glyphs.get(alike(letters)) || [], 2, "alike") || i === j) return;
  if (add(fewer.get(letters) || [], 3, "less")) return;
  const words = [];
  for (let k = i; k <= j; k++) words.push(t.letters(k, k));
  for (let k = 0; k < words.length; k++) {
    const rest = without(words, k);
    if (/[0-9]/.test(words[k]) || !(isMost(rest, letters) || (k === 0 && fronts.includes(words[k])))) continue;
    if (add(codesOf(exactly(rest)), 3, "more")) return;
  }
  const [first, second] = words;
  if (words.length > 2 && fronts.includes(first) && fronts.includes(second)) add(codesOf(exactly(words.slice(2).join(""))), 3, "behind", first + " " + second);
};

const codesOf = (spelling) => (spelling ? spelling.names.filter(({ isMessage, words }) => !isMessage && words.length > 1).map(({ entry }) => entry) : []);

const isSaid = (t, i) => sayings.has(wordBefore(t, i)) || receipts.has(wordBefore(t, i));

const wordBefore = (t, i) => {
  if (i === 0 || t.starts[i] - t.ends[i - 1] > limits.labelGap || trim(t.gap(i - 1), " :=\"'#([")) return "";
  return t.letters(i - 1, i - 1);
};

const guessStatuses = (t, f) => {
  let isTechnical;
  for (const i of t.numbers) {
    const word = t.letters(i, i);
    if (!/^[45][0-9][0-9]/.test(word)) continue;
    if (isTechnical === undefined) isTechnical = technical().starts(t).some((k) => technical().items.includes(t.letters(k, k)));
    const isMany = manyEnds.includes(word.slice(3)) && isKnown(Number(word.slice(0, 3)));
    if (isMany && pausesOrGoesOn(t, i) && (isTechnical || isSaid(t, i) || (i > 0 && isSaid(t, i - 1)))) addStatus(Number(word.slice(0, 3)), GUESS, t.starts[i], f);
    if (word.length !== 3 || !t.isNumber(i) || t.signs(i) || t.exits(i) || !isKnown(Number(word))) continue;
    if (isCalledError(t, i) || isReported(t, i, isTechnical, f.titles) || isHad(t, i) || endsAddress(t, i, f)) addStatus(Number(word), GUESS, t.starts[i], f);
  }
};

const isListed = (status) => apis.some(({ statuses }) => statuses.has(status));
const isKnown = (status) => phrases(status).length > 0 || isListed(status);

const isCalledError = (t, i) => {
  const before = wordBefore(t, i);
  const after = i < t.last && /^ ?$/.test(t.gap(i)) ? t.letters(i + 1, i + 1) : "";
  return errorWords.some((word) => (word < "\xd4" ? before === word || after === word : before.endsWith(word) || after.startsWith(word)));
};

const wordAfter = (t, i) => (i < t.last && t.gap(i) === " " ? t.letters(i + 1, i + 1) : "");
const pausesOrGoesOn = (t, i) => t.pauses(i) || followers.has(wordAfter(t, i));

const isSaidBehind = (t, i) => i < t.last && !trim(t.gap(i), " ") && wideEnds.some((end) => t.letters(i + 1, i + 1).startsWith(end));

const isHad = (t, i) => {
  if (!pausesOrGoesOn(t, i)) return false;
  let before = i - 1;
  let word = wordBefore(t, i);
  let isOne = !t.isNumber(i);
  for (const between of [articles, adverbs]) {
    if (before <= 0 || !between.has(word)) continue;
    isOne = isOne || between === articles;
    word = wordBefore(t, before--);
  }
  return havings.has(word) && (isOne || (before === 1 && i === t.last));
};

const ANY_ADDRESS = new RegExp(toBytes(limits.anyAddress));
const endsAddress = (t, i, f) => f.addresses.all.length > 0 && t.pauses(i) && ANY_ADDRESS.test(t.clean.slice(Math.max(0, t.starts[i] - limits.before), t.starts[i]));

const guessTimeouts = (t, f) => {
  if (!t.flat.includes("timeouts")) return;
  for (let i = 0; i <= t.last; i++) {
    if (t.letters(i, i) !== "timeouts" || !isHad(t, i)) continue;
    for (const { failures } of apis) if (failures.has("timeout")) f.add(candidate(GUESS, failures.get("timeout"), because("noAnswer", shortly(t.span(i, i))), t.starts[i]));
  }
};

const isReported = (t, i, isTechnical, titles) => {
  let before = i - 1;
  let word = wordBefore(t, i);
  for (const between of [articles, adverbs]) if (before > 0 && between.has(word)) word = wordBefore(t, before--);
  if ((isTechnical && laterSayings.includes(wordAfter(t, i))) || isSaidBehind(t, i)) return true;
  if (!pausesOrGoesOn(t, i)) return false;
  if (sayings.has(word) && (isTechnical || before === 0 || titles.ends.has(before - 1) || speakers.has(wordBefore(t, before)))) return true;
  return (isTechnical && receipts.has(word)) || wideSayings.some((say) => word.endsWith(say));
};
