// What a text may call the entries: keys, names, prefixes and messages.

const keys = new Map();
const numbers = new Map();
const loose = new Map();
const prefixes = new Map();
const byLetters = new Map();
const byPrefix = new Map();
const byPart = new Map();

const addEntry = (entry) => {
  const { api, key, kind, aliases } = entry;
  if (kind === CODE) {
    addCode(entry, key, CODE_NAME);
    for (const alias of aliases) addCode(entry, toBytes(alias), ALIAS_NAME);
  } else if (kind === PREFIX) {
    const prefix = key.slice(0, -1);
    file(keys, key, entry);
    if (prefix) file(prefixes, prefix, entry);
    if (trim(prefix, " ").includes(" ") && squash(prefix)) file(byPrefix, squash(prefix), entry);
  } else if (kind === CLASS || kind === TRANSPORT) {
    if (kind === TRANSPORT) api.failures.set(key, entry);
    file(loose, fold(key), entry);
  }
};

// addTemplate files a message with a placeholder by its longest part. The last of the
// alternatives is the mark of an argument, such as \u2039limit\u203a, in bytes.
const addTemplate = (entry, message) => {
  const parts = message.split(/%(?:[0-9]+\$)?[sdv]|%\([A-Za-z_]+\)[sd]|%[0-9]|\{[0-9A-Za-z_]*\}|\u00e2\u0080\u00b9[0-9a-z ]+\u00e2\u0080\u00ba/).map((part) => trim(part, " "));
  const sizes = parts.map((part) => squash(part).length);
  const place = sizes.indexOf(Math.max(...sizes));
  if (parts.length < 2 || sizes[place] < limits.cut || !parts[place].includes(" ")) return;
  file(byPart, squash(parts[place]), { entry, message, before: parts.slice(0, place), after: parts.slice(place + 1) });
};

const addCode = (entry, code, kind) => {
  file(keys, code, entry);
  if (isNumber(code)) file(numbers, code, entry);
  else addName(entry, code, kind);
};

const addName = (entry, text, kind) => {
  const letters = squash(text);
  if (letters) file(byLetters, letters, [entry, kind, text]);
};

const [lists, places, quotable] = tables.statuses;
for (const entry of all) {
  addEntry(entry);
  const message = entryMessages[entry.shown.index];
  entry.statuses = lists[places.charCodeAt(entry.shown.index) - 97] || [];
  if (message) {
    addName(entry, toBytes(message), MESSAGE_NAME);
    addTemplate(entry, toBytes(message));
  }
}

const listings = apis.map((api) => all.filter((entry) => entry.api === api && entry.kind === CODE));
const order = (a, b) => (a.letters < b.letters ? -1 : 1);
const saidPrefixes = new Lexicon(Array.from(byPrefix));
const prefixStarts = new Lexicon(Array.from(prefixes.keys(), (prefix) => [squash(prefix), prefix]));
const templates = new Lexicon(Array.from(byPart));
const spellings = new Lexicon(Array.from(byLetters, ([letters, rows]) => [letters, new Spelling(letters, rows)]));
const lengths = Array.from(new Set(Array.from(prefixes.keys(), (prefix) => prefix.length))).sort((a, b) => b - a);

// lazy puts off what only typos need.
const lazy = (make) => {
  let made;
  return () => (made = made || make());
};

const reversed = (s) => s.split("").reverse().join("");

const backward = lazy(() => new Lexicon(spellings.items.map((spelling) => [reversed(spelling.letters), spelling])));

const tails = lazy(() => {
  const all = new Map();
  for (const codes of listings) {
    const starts = new Map();
    const split = codes.map((entry) => ({ entry, words: cut(entry.key).words() }));
    for (const { words } of split) file(starts, words[0], words);
    for (const { entry, words } of split) {
      if (words.length > 2 && starts.get(words[0]).length >= limits.commonStart) file(all, words.slice(1).join(""), entry);
    }
  }
  return all;
});

// startingWith yields what in a list ordered by letters starts with some, at
// most as many as are checked.
const startingWith = (lexicon, letters) => {
  const start = lexicon.from(letters);
  let end = start;
  while (end < Math.min(lexicon.letters.length, start + limits.checks) && lexicon.letters[end].startsWith(letters)) end++;
  return lexicon.items.slice(start, end);
};

const exactly = (letters) => {
  const spelling = spellings.items[spellings.from(letters)];
  return spelling && spelling.letters === letters ? spelling : undefined;
};
