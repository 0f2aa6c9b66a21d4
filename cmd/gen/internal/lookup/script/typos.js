// Names with a typo, or cut short.

const findNear = (t, covered, f) => {
  if (spellings.items.length === 0 || t.last < 0) return;
  const span = t.ends[t.last] - t.starts[0];
  if (!covered.includes(1) && t.flat.length <= spellings.longest + 2 && span <= limits.key) guess(t, 0, t.last, f);
  const seen = new Set();
  for (const i of t.coded) {
    if (seen.size === limits.words) break;
    const j = t.wordEnd(i);
    const length = t.froms[j + 1] - t.froms[i];
    if (t.whole(i, j) || length < limits.typo - 1 || length > spellings.longest + 1 || isTaken(covered, i, j)) continue;
    const letters = t.letters(i, j);
    if (seen.has(letters) || !t.looksLikeCode(i, j)) continue;
    seen.add(letters);
    guess(t, i, j, f);
  }
};

const guess = (t, i, j, f) => {
  const letters = t.letters(i, j);
  if (exactly(letters)) return;
  const add = (entry, distance, name, ...values) => {
    f.add(candidate(GUESS, entry, because(name, shortly(t.span(i, j)), ...values), t.starts[i], distance));
  };
  if (guessTypos(letters, t.whole(i, j), add)) return;
  for (const entry of tails().get(letters) || []) add(entry, 3, "headless", entry.key);
  const addSpelling = (spelling, words, name) => {
    for (const { isMessage, entry, text, words: own } of spelling ? spelling.names : []) {
      if (!isMessage && own.length >= words) add(entry, 3, name, text);
    }
  };
  if (i < j && /^err(?:or)?$/.test(t.letters(i, i))) addSpelling(exactly(t.letters(i + 1, j)), 2, "more");
  if (j === t.last && /^(?:[. ]|\xe2\x80\xa6)*$/.test(t.tail(j))) addSpelling(cutShort(letters), 1, "cut");
};

// guessTypos adds the spellings near to letters, and reports whether there are any.
const guessTypos = (letters, whole, add) => {
  let found = 0;
  for (const { spelling, distance } of near(letters, whole)) {
    for (const { isMessage, isWord, entry, text } of spelling.names) {
      if (isMessage ? !whole || letters.length < limits.mangled : isWord && spelling.letters.length < limits.typo) continue;
      if (++found > limits.near) return true;
      if (isMessage) add(entry, 1, "nearMessage", quoted(text));
      else if (distance === 1) add(entry, 1, "oneLetter", text);
      else add(entry, distance, "manyLetters", { text: String(distance), words: [] }, text);
    }
  }
  return found > 0;
};

const cutShort = (letters) => {
  if (letters.length < limits.cut) return undefined;
  const all = startingWith(spellings, letters).filter(({ names }) => !names[0].isMessage);
  if (all.length !== 1 || letters.length * 5 < all[0].letters.length * 3) return undefined;
  return /[0-9]/.test(all[0].letters.slice(letters.length)) ? undefined : all[0];
};

const near = (letters, whole) => {
  const n = letters.length;
  if (n + 1 < limits.typo) return [];
  const found = within(letters, letters.slice(0, (n >> 1) - 1), letters.slice(n >> 1), 1);
  if (found.length > 0 || !whole || n + 2 < limits.typos) return found;
  const third = Math.floor(n / 3);
  return within(letters, letters.slice(0, third), letters.slice(n - third), 2);
};

const within = (letters, start, end, limit) => {
  const isNear = ({ letters: want }) => {
    if (want.length < (limit === 1 ? limits.typo : limits.typos)) return false;
    return isOneTypo(letters, want) || (limit === 2 && sameDigits(letters, want) && distance(letters, want) === 2);
  };
  const all = new Set(startingWith(spellings, start).concat(startingWith(backward(), reversed(end))));
  return Array.from(all).filter(isNear).sort(order).map((spelling) => ({ spelling, distance: limit }));
};

const isOneTypo = (typed, want) => {
  const least = Math.min(typed.length, want.length);
  if (Math.max(typed.length, want.length) > least + 1 || typed === want) return false;
  let from = 0;
  while (from < least && typed[from] === want[from]) from++;
  let end = 0;
  while (end < least - from && typed[typed.length - 1 - end] === want[want.length - 1 - end]) end++;
  const wrote = typed.slice(from, typed.length - end);
  const meant = want.slice(from, want.length - end);
  if (/[0-9]/.test(meant)) return false;
  if (!meant) return wrote.length === 1 && (end > 0 || !areDigits(wrote));
  if (meant.length === 1) return wrote.length <= 1;
  return meant.length === 2 && wrote === reversed(meant);
};

const sameDigits = (a, b) => a.replace(/[^0-9]/g, "") === b.replace(/[^0-9]/g, "");

// distance returns the number of typos between two texts, or 3 for more than
// two.
const distance = (a, b) => {
  let before = [];
  let row = Array.from({ length: b.length + 1 }, (_, j) => j);
  for (let i = 1; i <= a.length; i++) {
    const next = [i];
    for (let j = 1; j <= b.length; j++) {
      next[j] = Math.min(row[j] + 1, next[j - 1] + 1, row[j - 1] + (a[i - 1] === b[j - 1] ? 0 : 1));
      if (i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1]) next[j] = Math.min(next[j], before[j - 2] + 1);
    }
    if (Math.min(...next) > 2) return 3;
    before = row;
    row = next;
  }
  return row[b.length];
};
