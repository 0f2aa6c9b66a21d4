// The index of a catalog.

const apis = [];
const all = [];
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

// addAPI adds an API. Of the row of an entry, what is left out is as it mostly
// is.
const addAPI = ({ title, titles, hosts = [], paths = [], table, says, calls, server = [], groups, examples: lost }) => {
  const api = { title: toBytes(title), fold: table.fold, hosts, paths: paths.map(toBytes), says, calls, server, statuses: new Map(), classes: new Map(), failures: new Map() };
  api.table = { ...table, codes: [], aliases: [], prefixes: [], statuses: [], classes: [], transport: [] };
  api.operations = table.operations || [];
  api.index = apis.length;
  apis.push(api);
  for (const own of titles || []) file(byTitle, toBytes(own), api);
  const entries = [];
  for (const [kind, folder, start, rows, tells = []] of groups) {
    for (const [i, row] of rows.entries()) {
      const [code, aliases, page, own] = [].concat(row);
      const say = tells[i] || 0;
      const address = folder + (page || code.toLowerCase().replace(/_/g, "-"));
      const shown = { index: all.length, api: title, title: own || start + code, kind, code, address };
      const { action } = says[say];
      const entry = { api, shown, key: toBytes(code), kind: tables.kinds[kind], action, ok: action === "ok", say, aliases: aliases || [] };
      entries.push(entry);
      all.push(entry);
      addRow(entry);
      if (entry.kind === STATUS) api.statuses.set(digits(entry.key), entry);
      if (entry.kind === CLASS) api.classes.set(digits(entry.key[0]), entry);
    }
  }
  api.table.prefixes.sort((a, b) => b.own.key.length - a.own.key.length);
  api.success = [api.statuses.get(200), api.classes.get(2)].find((entry) => entry && entry.ok);
  for (const [place, key, operation] of lost || []) file(examples, toBytes(key), { entry: entries[place], operation });
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
let cards = all.length;
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

const titles = new Lexicon(Array.from(byTitle));
