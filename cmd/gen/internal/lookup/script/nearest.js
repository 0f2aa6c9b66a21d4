// The codes that are most like a text.

// nearest returns the codes that a text without any match is most like.
const nearest = (text) => {
  const t = new Text(clean(toText(head(toBytes(wellFormed(String(text))), limits.key))));
  const found = [];
  for (let i = 0, j; i <= t.last; i = j + 1) {
    j = t.wordEnd(i);
    if (!t.looksLikeCode(i, j) && !t.whole(i, j)) continue;
    const pairs = pairsOf(t.letters(i, j));
    for (const spelling of spellings.items) {
      const alike = alikeness(pairs, pairsOf(spelling.letters));
      if (alike >= limits.alike) found.push(...codesOf(spelling).map((entry) => ({ entry, alike })));
    }
  }
  found.sort((a, b) => b.alike - a.alike || a.entry.shown.index - b.entry.shown.index);
  return Array.from(new Set(found.map(({ entry }) => entry.shown))).slice(0, limits.near);
};

const pairsOf = (letters) => {
  const pairs = new Map();
  for (let i = 0; i + 2 <= letters.length; i++) pairs.set(letters.slice(i, i + 2), (pairs.get(letters.slice(i, i + 2)) || 0) + 1);
  return pairs;
};

const alikeness = (a, b) => {
  let same = 0;
  let all = 0;
  for (const [pair, n] of a) {
    same += Math.min(n, b.get(pair) || 0);
    all += n;
  }
  for (const n of b.values()) all += n;
  return (2 * same) / Math.max(1, all);
};
