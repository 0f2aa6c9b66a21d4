// Codes by what they start with, and messages by their parts.

const findPrefixes = (t, f) => {
  if (lengths.length === 0) return;
  saidPrefixes.walkAll(t, bridges, (entries, i, j) => {
    for (const entry of entries) {
      const prefix = trimEnd(entry.key.slice(0, -1), " ");
      if (!t.clean.startsWith(prefix.slice(cut(prefix).starts[0]), t.starts[i]) || t.touches(i, j, "_-")) continue;
      f.add(candidate(j - i >= 2 ? LIKELY : GUESS, entry, because("start", entry.key), t.starts[i], 0, BY_CODE));
    }
  });
  for (const i of prefixStarts.starts(t)) if (!t.touchesLeft(i, "_-")) findPrefix(t, i, t.wordEnd(i), f);
};

const findPrefix = (t, i, j, f) => {
  const word = t.span(i, j);
  if (word.length > limits.word || keys.has(word)) return;
  if (!/[0-9_]/.test(word) && LOWER.test(toText(word))) return;
  const done = new Set();
  for (const length of lengths) {
    const prefix = word.slice(0, length);
    for (const entry of (length < word.length && prefixes.get(prefix)) || []) {
      const confidence = t.prefixConfidence(i, j, prefix);
      if (done.has(entry.api) || confidence < 0) continue;
      done.add(entry.api);
      f.add(candidate(confidence, entry, because("startsAs", word, entry.key), t.starts[i], 0, BY_CODE));
    }
  }
};

const findTemplates = (t, f) => {
  templates.walkAll(t, bridges, (all, i, j) => {
    for (const own of all) {
      const at = fills(t, own, i, j);
      if (at >= 0) f.add(candidate(LIKELY, own.entry, because("template", quoted(own.message)), at, 0, BY_MESSAGE));
    }
  });
};

// fills returns where the first part of a template starts, if all stand around atoms i
// to j.
const fills = (t, { before, after }, i, j) => {
  let start = t.starts[i];
  let end = t.ends[j];
  for (const part of before.slice().reverse()) {
    const line = t.clean.slice(Math.max(0, start - limits.value - part.length), start).split("\n").pop();
    const at = line.lastIndexOf(part);
    if (at < 0) return NONE;
    start -= line.length - at;
  }
  for (const part of after) {
    const at = t.clean.slice(end, end + limits.value + part.length).split("\n")[0].indexOf(part);
    if (at < 0) return NONE;
    end += at + part.length;
  }
  return start;
};
