// The index of a catalog.

const apis = [];
const keys = new Map();
const numbers = new Map();
const loose = new Map();
const listings = [];
const prefixes = new Map();
const examples = new Map();
const byLetters = new Map();
const byTitle = new Map();
const byPrefix = new Map();
const byPart = new Map();
let count = 0;

// isAlone reports whether a status is success whatever else a reply holds.
const isAlone = (entry) => {
  if (entry.alone === undefined) {
    const first = digits(entry.key.replace("xx", "00"));
    const all = Array.from({ length: entry.kind === CLASS ? 100 : 1 }, (_, i) => first + i);
    entry.alone = all.some((status) => {
      const d = classify(entry.api.table, { status });
      return d.source === "success" && d.entry && d.entry.own === entry;
    });
  }
  return entry.alone;
};

// addAPI adds an API. Of the row of an entry, what is left out is as it mostly
// is.
const addAPI = ({ title, titles, hosts = [], paths = [], table, says, calls, server = [], groups, examples: lost }) => {
  const api = { title: toBytes(title), fold: table.fold, hosts, paths: paths.map(toBytes), says, calls, server, statuses: new Map(), classes: new Map(), failures: new Map() };
  api.table = { ...table, codes: [], aliases: [], prefixes: [], statuses: [], classes: [] };
  api.operations = table.operations || [];
  api.index = apis.length;
  apis.push(api);
  for (const own of titles || []) file(byTitle, toBytes(own), api);
  const codes = [];
  const entries = [];
  for (const [kind, folder, start, rows] of groups) {
    for (const row of rows) {
      const [code, message, aliases, page, own, say] = [].concat(row);
      const address = folder + (page || code.toLowerCase().replace(/_/g, "-"));
      const shown = { index: count++, api: title, title: own || start + code, kind, code, address };
      const { action } = says[say || 0];
      const entry = { api, shown, key: toBytes(code), kind: tables.kinds[kind], action, ok: action === "ok", say: say || 0 };
      entries.push(entry);
      all.push(entry);
      if (entry.kind === CODE) codes.push(entry);
      addRow(entry, aliases || []);
      addEntry(entry, aliases || []);
      if (message) {
        addName(entry, toBytes(message), MESSAGE_NAME);
        addTemplate(entry, toBytes(message));
      }
    }
  }
  api.table.prefixes.sort((a, b) => b.own.key.length - a.own.key.length);
  listings.push(codes);
  api.success = [api.statuses.get(200), api.classes.get(2)].find((entry) => entry && entry.ok);
  for (const [place, key, operation] of lost || []) file(examples, toBytes(key), { entry: entries[place], operation });
};

// addRow adds an entry to the table by which its API decides.
const addRow = (own, aliases) => {
  const { table } = own.api;
  const { kind, code } = own.shown;
  const row = { code, ...own.api.says[own.say], own };
  const list = { code: table.codes, prefix: table.prefixes, status: table.statuses, status_class: table.classes }[kind];
  if (kind === "code") for (const alias of aliases) table.aliases.push([alias, table.codes.length]);
  if (list) list.push(row);
  else if (own.kind !== TRANSPORT) table[kind] = row;
};

const addEntry = (entry, aliases) => {
  const { api, key, kind } = entry;
  if (kind === CODE) {
    addCode(entry, key, CODE_NAME);
    for (const alias of aliases) addCode(entry, toBytes(alias), ALIAS_NAME);
  } else if (kind === PREFIX) {
    const prefix = key.slice(0, -1);
    file(keys, key, entry);
    if (prefix) file(prefixes, prefix, entry);
    if (trim(prefix, " ").includes(" ") && squash(prefix)) file(byPrefix, squash(prefix), entry);
  } else if (kind === STATUS) {
    api.statuses.set(digits(key), entry);
  } else if (kind === CLASS || kind === TRANSPORT) {
    if (kind === TRANSPORT) api.failures.set(key, entry);
    if (kind === CLASS) api.classes.set(digits(key[0]), entry);
    file(loose, fold(key), entry);
  }
};

const isNumber = (code) => /^[+-]*[0-9]+(?:\.[0-9]+)?$/.test(code);

// addTemplate files a message with a placeholder by its longest part.
const addTemplate = (entry, message) => {
  const parts = message.split(/%(?:[0-9]+\$)?[sdv]|%\([A-Za-z_]+\)[sd]|%[0-9]|\{[0-9A-Za-z_]*\}/).map((part) => trim(part, " "));
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

const all = [];
catalog.forEach(addAPI);

// The cards on what entries say in some replies follow those of all entries: of each
// entry its variants, and what differs in operations.
let cards = count;
for (const entry of all) {
  const { variants = [], by_operation = [] } = entry.api.says[entry.say];
  entry.card = cards;
  cards += variants.length + by_operation.length;
}

const cardOf = (entry, { variant, operation }) => {
  const { variants = [], by_operation = [] } = entry.api.says[entry.say];
  if (variant > 0) return entry.card + variant - 1;
  const call = by_operation.findIndex((own) => own.operation === operation);
  return call < 0 ? entry.shown.index : entry.card + variants.length + call;
};

const order = (a, b) => (a.letters < b.letters ? -1 : 1);
const titles = new Lexicon(Array.from(byTitle));
const saidPrefixes = new Lexicon(Array.from(byPrefix));
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
