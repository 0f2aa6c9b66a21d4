// Where a text has names.

const findNames = (t, f) => {
  t.names ??= namesIn(t);
  const covered = new Uint8Array(t.last + 1);
  for (const hit of t.names) {
    f.add({ ...hit });
    covered.fill(1, hit.first, hit.last + 1);
  }
  return covered;
};

// namesIn returns the hits that count.
const namesIn = (t) => {
  const hits = [];
  const take = (spelling, i, j) => hits.push(...judge(spelling, t, i, j));
  for (const i of spellings.starts(t)) {
    if (hits.length >= limits.hits) break;
    spellings.walk(t, i, bridges, take);
  }
  const kept = outermost(hits);
  for (const [k, hit] of kept.entries()) {
    if (t.isPast(hit.at, t.ends[hit.last], endBefore(t, kept, k), startAfter(t, kept, k))) Object.assign(hit, { past: 1, confidence: GUESS, reason: because("past", hit.reason) });
  }
  return kept;
};

// isTaken reports whether a name took one of the atoms i to j.
const isTaken = (covered, i, j) => {
  for (; i <= j; i++) if (covered[i]) return true;
  return false;
};

// bridges reports whether a name may go on after the gap behind atom i.
const bridges = (t, i) => {
  const length = t.starts[i + 1] - t.ends[i];
  return length <= 3 || (length <= 12 && isIndent(t.gap(i)));
};

const isIndent = (gap) => gap.split("\n").length === 2 && !trim(gap, " \n>|#*-_=");

// endBefore and startAfter return where the last hit before one ends, and where the
// first after it starts.
const endBefore = (t, hits, k) => {
  for (let i = k - 1; i >= 0; i--) if (hits[i].last < hits[k].first) return t.ends[hits[i].last];
  return 0;
};

const startAfter = (t, hits, k) => {
  for (let i = k + 1; i < hits.length; i++) if (hits[i].first > hits[k].last) return t.starts[hits[i].first];
  return t.clean.length;
};

// outermost leaves out the hits inside longer ones that are no less sure. Hits
// are in order of their first atom, then of their last.
const outermost = (hits) => {
  const reach = [-1, -1, -1];
  const kept = [];
  for (let start = 0, end; start < hits.length; start = end) {
    const far = [-1, -1, -1];
    for (end = start; end < hits.length && hits[end].first === hits[start].first; end++) far[hits[end].confidence] = hits[end].last;
    for (const hit of hits.slice(start, end)) {
      const surest = (lasts) => Math.max(...lasts.slice(0, hit.confidence + 1));
      if (surest(reach) < hit.last && surest(far) <= hit.last) kept.push(hit);
    }
    far.forEach((last, rank) => (reach[rank] = Math.max(reach[rank], last)));
  }
  return kept;
};
