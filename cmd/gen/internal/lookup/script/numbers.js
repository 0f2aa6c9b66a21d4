// Statuses and codes that are numbers.

const findNumbers = (t, f) => {
  const whole = findStatus(t, f) || findReason(t, f);
  for (const i of t.numbers) {
    if (!t.isNumber(i)) continue;
    if (!whole) findStatusAt(t, i, f);
    const number = t.signed(i);
    if (!numbers.has(number)) continue;
    const [label] = t.label(i);
    const isSure = t.labelled(i) || (isThrown(label) && t.pauses(i));
    if (!isSure && !t.isMarked(i)) continue;
    for (const entry of numbers.get(number)) {
      f.add(candidate(isSure ? LIKELY : GUESS, entry, because("number", number, quoted(isSure ? label : t.before(i, 1))), t.starts[i], 0, BY_CODE));
    }
  }
};

// telling are the statuses that tell something in some text: those of an entry, those whose
// reason phrase is a message as well, and the one that a proxy keeps calls back with.
const telling = lazy(() => Uint8Array.from({ length: 600 }, (_, status) => status === limits.proxy || apis.some(({ statuses, classes }) => statuses.has(status) || classes.has(classOf(status))) || phrases(status).some(exactly)));

const isStatus = (word) => /^[1-5][0-9][0-9]$/.test(word);

const findStatus = (t, f) => {
  if (t.last >= limits.statusWords) return false;
  for (let i = afterTitles(f.titles, 0); i <= t.last; i = afterTitles(f.titles, i + 1)) {
    const word = t.letters(i, i);
    const number = cutPrefix(word, "http");
    if (isStatus(number) && (number !== word || t.isNumber(i))) {
      const status = Number(number);
      const part = (t.last === 0 && t.before(i, 1) === "#") || t.signs(i) || !t.onlyMarks(limits.statusMarks);
      if (part || !t.endsAfter(i, status)) return false;
      f.statuses.push(status);
      addStatus(status, EXACT, t.starts[i], f);
      return true;
    }
    if (!tables.statusWords.includes(word) && !t.isVersion(i)) return false;
  }
  return false;
};

const findReason = (t, f) => {
  const i = afterTitles(f.titles, 0);
  if (i >= t.last || t.last - i >= limits.statusWords || !t.onlyMarks(limits.statusMarks)) return false;
  for (let k = i; k < t.last; k++) if (!bridges(t, k) || trim(t.gap(k), " \n>'")) return false;
  const letters = t.letters(i, t.last);
  const status = Object.keys(tables.phrases).find((status) => status >= 400 && tables.phrases[status].includes(letters));
  if (status) addStatus(Number(status), LIKELY, t.starts[i], f);
  return Boolean(status);
};

const findStatusAt = (t, i, f) => {
  const word = t.letters(i, i);
  const status = Number(word);
  if (!isStatus(word) || t.signs(i) || t.exits(i) || !saysStatus(t, i, status, f.titles)) return;
  f.statuses.push(status);
  addStatus(status, LIKELY, t.starts[i], f);
};

const CALLED_ADDRESS = new RegExp(tables.calledAddress);
const endsCall = (t, i) => t.pauses(i) && CALLED_ADDRESS.test(t.clean.slice(Math.max(0, t.starts[i] - limits.before), t.starts[i]));

const saysStatus = (t, i, status, titles) => {
  const known = isKnown(status);
  const [label, kind] = t.statusLabel(i);
  if (t.follows(i, phrases(status))) return true;
  if (!known && status < 400) return false;
  if (tables.statusLabels.includes(label) || tables.statusLabels.includes(kind + label)) return true;
  if ((kind === "response" && label === "code") || (label && t.isVersion(i - 1))) return true;
  if (!known || status < 400) return false;
  if ((label !== "reason" && t.labelled(i)) || t.follows(i, tables.statusNouns) || endsCall(t, i)) return true;
  if (isThrown(label) && (t.pauses(i) || (i < t.last && /[A-Z]/.test(t.clean[t.starts[i + 1]])))) return true;
  if (label && titles.ends.has(i - 1) && t.pauses(i)) return true;
  return tables.countless.includes(label) && t.follows(i, tables.statusPlurals);
};

const addStatus = (status, confidence, at, f) => {
  if (status === limits.proxy && !isListed(status)) {
    f.proxied.push(at);
    return;
  }
  const other = namedWithout(status, f);
  for (const { statuses, classes, index } of apis) {
    if (f.decided.has(index + " " + status)) continue;
    const own = statuses.get(status);
    const entry = own || classes.get(classOf(status));
    if (!entry) continue;
    const sure = other ? GUESS : own ? confidence : Math.max(confidence, LIKELY);
    const told = own ? because("status", String(status)) : because("class", String(status), entry.key);
    const reason = other ? because("notListed", told, named(other)) : told;
    f.add({ ...candidate(sure, entry, reason, at, 0, BY_NUMBER), status });
  }
};

// namedWithout returns the first of the APIs that the text names where none of them
// lists a status.
const namedWithout = (status, { titles }) => {
  const named = apis.filter((api) => titles.apis.has(api));
  return named.some(({ statuses, classes }) => statuses.has(status) || classes.has(classOf(status))) ? undefined : named[0];
};
