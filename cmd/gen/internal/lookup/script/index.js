// The index of a catalog.

// Entries stand at their index in the catalog. Before the second part of the script is there,
// those of codes are there only as far as somebody has told their rows.
const apis = [];
const all = [];
let size = 0;
const examples = new Map();
const byTitle = new Map();

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

// addAPI adds an API. Of a group whose rows are told later there is how many it has.
const addAPI = ({ title, titles, hosts = [], paths = [], table, says, calls, server = [], groups, examples: lost }) => {
  const api = { title: toBytes(title), fold: table.fold, hosts, paths: paths.map(toBytes), says, calls, server, statuses: new Map(), classes: new Map(), failures: new Map() };
  api.table = { ...table, codes: [], aliases: [], prefixes: [], statuses: [], classes: [], transport: [] };
  api.operations = table.operations || [];
  api.index = apis.length;
  apis.push(api);
  for (const own of titles || []) file(byTitle, toBytes(own), api);
  for (const [place, key, operation] of lost || []) file(examples, toBytes(key), { index: size + place, operation });
  api.groups = groups.map(([kind, folder, start, rows, tells = []]) => {
    const group = { api, kind, folder, start, tells, first: size, count: rows.length ?? rows };
    size += group.count;
    if (rows.length) rows.forEach((row, i) => addFromRow(group, i, row));
    return group;
  });
  api.isPart = api.groups.some(({ first, count }) => count > 0 && !all[first]);
  api.table.prefixes.sort((a, b) => b.own.key.length - a.own.key.length);
  api.success = [api.statuses.get(200), api.classes.get(2)].find((entry) => entry && entry.ok);
  prepareTable(api);
};

// addFromRow adds an entry of a group by its row. What is left out of that is as it mostly is.
const addFromRow = ({ api, kind, folder, start, tells, first }, i, row) => {
  if (all[first + i]) return;
  const [code, aliases, page, own] = [].concat(row);
  const say = tells[i] || 0;
  const address = folder + (page || code.toLowerCase().replace(/_/g, "-"));
  const shown = { index: first + i, api: toText(api.title), title: own || start + code, kind, code, address };
  const { action } = api.says[say];
  const entry = { api, shown, key: toBytes(code), kind: tables.kinds[kind], action, ok: action === "ok", say, aliases: aliases || [] };
  all[first + i] = entry;
  addRow(entry);
  if (entry.kind === STATUS) api.statuses.set(digits(entry.key), entry);
  if (entry.kind === CLASS) api.classes.set(digits(entry.key[0]), entry);
};

// prepareTable has an API decide by the rows that there are. Where not all are, who asks for
// a code of which nothing is told gives up: it may be listed.
const told = new Set();
let missing;
const prepareTable = (api) => {
  api.table = { ...api.table };
  if (!api.isPart) return;
  const { codes } = prepare(api.table);
  codes.get = (code) => {
    const found = Map.prototype.get.call(codes, code);
    if (found || told.has(code)) return found;
    missing = code;
    return giveUp();
  };
};

// tell adds the entries of the shelf of a code, by their rows.
const tell = (code, shelf) => {
  told.add(code);
  for (const [api, group, i, row] of shelf) addFromRow(apis[api].groups[group], i, row);
  for (const [api] of shelf) prepareTable(apis[api]);
};

// addRow adds an entry to the table by which its API decides.
const addRow = (own) => {
  const { table } = own.api;
  const { aliases, shown: { kind, code } } = own;
  const row = { code, ...own.api.says[own.say], own };
  const list = { code: table.codes, prefix: table.prefixes, status: table.statuses, status_class: table.classes, transport: table.transport }[kind];
  if (kind === "code") for (const alias of aliases) table.aliases.push([alias, table.codes.length]);
  if (list) list.push(row);
  else table[kind] = row;
};

catalog.forEach(addAPI);

// The cards on what entries say in some replies follow those of all entries: of each
// entry its variants, and what differs in operations.
const cards = [];
let card = size;
for (const { api, first, count, tells } of apis.flatMap(({ groups }) => groups)) {
  for (let i = 0; i < count; i++) {
    const { variants = [], by_operation = [] } = api.says[tells[i] || 0];
    cards[first + i] = card;
    card += variants.length + by_operation.length;
  }
}

const cardOf = (entry, { variant, operation }) => {
  const { variants = [], by_operation = [] } = entry.api.says[entry.say];
  const { index } = entry.shown;
  if (variant > 0) return cards[index] + variant - 1;
  const call = by_operation.findIndex((own) => own.operation === operation);
  return call < 0 ? index : cards[index] + variants.length + call;
};

const titles = new Lexicon(Array.from(byTitle));
