// The interpreter of a decision table: what a reply of an API says, what that
// means, and whether the request may be sent again. A table is what `gen table`
// prints of a spec; docs/table.md of errkb has its shape. The rules are those of
// the Go package classify, and the vectors of spec/vectors hold both to them.
//
//   read(table, reply)                what the reply says, before the table is asked what that means
//   decide(table, reply, now)         what it means and what to do; now is Date.now() where no reply tells the time
//   resend(table, decision, attempt)  whether to send it again, and after which wait, or why not
//   bounds(decision, retry)           the shortest and the longest wait before a retry, or null
//   policyBounds(policy, retry, delay)  the same of a policy, where the server may ask for a delay
//   TABLE                             the version of the tables that this reads; any other throws
//
// A reply is {status, headers, body, operation}, or {failure} where there was none.
// index.d.ts says more. Nothing here changes what it is given, reads a clock but
// for the default of now, or throws for any reply. All times are milliseconds.
//
// The file imports nothing and ends in its only export, so that it can also stand
// in a classic script without that line. Comments have lines to themselves, and
// no text goes over a line end.

const TABLE = 1;

const MAX_BODY = 65536;
const MAX_PLAIN_CODE = 256;
const MOST_NESTED = 10000;

// ---- Bytes

// Where bytes count, texts are strings of UTF-8 bytes, a character each: what a
// reply holds need not be UTF-8, and it is cut, compared and measured in bytes.
const encoder = new TextEncoder();
const decoder = new TextDecoder("utf-8", { ignoreBOM: true });
const strict = new TextDecoder("utf-8", { fatal: true });

const isASCII = (text) => /^[\x00-\x7f]*$/.test(text);

const fromArray = (bytes) => {
  let out = "";
  for (let i = 0; i < bytes.length; i += 4096) out += String.fromCharCode(...bytes.subarray(i, i + 4096));
  return out;
};

const toArray = (bytes) => Uint8Array.from(bytes, (byte) => byte.charCodeAt(0));

const toBytes = (text) => (isASCII(text) ? text : fromArray(encoder.encode(text)));

const toText = (bytes) => (isASCII(bytes) ? bytes : decoder.decode(toArray(bytes)));

const isUTF8 = (bytes) => {
  if (isASCII(bytes)) return true;
  try {
    strict.decode(toArray(bytes));
    return true;
  } catch {
    return false;
  }
};

const BYTE_ORDER_MARK = "\xef\xbb\xbf";
const SPACE = "(?:[\\t-\\r ]|\\xc2[\\x85\\xa0]|\\xe1\\x9a\\x80|\\xe2\\x80[\\x80-\\x8a\\xa8\\xa9\\xaf]|\\xe2\\x81\\x9f|\\xe3\\x80\\x80)";
const FIRST_SPACE = new RegExp("^" + SPACE);
const LAST_SPACE = new RegExp(SPACE + "$");

// trimSpace drops what Unicode calls white space. JavaScript has another list.
const trimSpace = (bytes) => {
  let from = 0;
  let to = bytes.length;
  let found;
  while ((found = FIRST_SPACE.exec(bytes.slice(from, from + 3)))) from += found[0].length;
  while (to > from && (found = LAST_SPACE.exec(bytes.slice(Math.max(from, to - 3), to)))) to -= found[0].length;
  return bytes.slice(from, to);
};

const cutPrefix = (bytes, prefix) => (bytes.startsWith(prefix) ? bytes.slice(prefix.length) : bytes);

// fold returns what stands for a text in every case, by Unicode's simple case
// folding, by which İ and ı have no other case.
const fold = (bytes) => (isASCII(bytes) ? bytes.toLowerCase() : toBytes(Array.from(toText(bytes), foldCharacter).join("")));

const foldCharacter = (c) => {
  if (c === "\u0130" || c === "\u0131") return c;
  const upper = c.toUpperCase();
  return (Array.from(upper).length === 1 ? upper : c).toLowerCase();
};

const firstOf = (items, find) => {
  for (const item of items) {
    const found = find(item);
    if (found !== undefined) return found;
  }
  return undefined;
};

// ---- JSON

const STRING_OR_NUMBER = /"[^"\\]*(?:\\.[^"\\]*)*"|-?[0-9][0-9.eE+-]*/g;

// parseJSON returns the value that is written, with "s" before every string and
// member name and "n" before every number, which keeps its spelling; undefined for
// what is not JSON.
const parseJSON = (bytes) => {
  try {
    JSON.parse(bytes);
  } catch {
    return undefined;
  }
  if (depthOf(bytes) > MOST_NESTED) return undefined;
  return JSON.parse(bytes.replace(STRING_OR_NUMBER, (found) => (found[0] === '"' ? '"s' + unescapeWide(found.slice(1)) : '"n' + found + '"')));
};

// unescapeWide writes the escaped characters beyond ASCII as bytes.
const unescapeWide = (string) => string.replace(/(?:\\u[0-9A-Fa-f]{4})+|\\./g, (found) => (found[1] === "u" ? escapedBytes(found) : found));

const escapedBytes = (escapes) => {
  const units = escapes.match(/[0-9A-Fa-f]{4}/g).map((hex) => parseInt(hex, 16));
  return JSON.stringify(toBytes(String.fromCharCode(...units))).slice(1, -1);
};

const depthOf = (bytes) => {
  if (bytes.length <= MOST_NESTED) return 0;
  let depth = 0;
  let most = 0;
  for (const [mark] of bytes.replace(STRING_OR_NUMBER, "").matchAll(/[[{\]}]/g)) {
    depth += mark === "[" || mark === "{" ? 1 : -1;
    most = Math.max(most, depth);
  }
  return most;
};

const isIndex = (token) => /^(?:0|[1-9][0-9]{0,8})$/.test(token);
const isInArray = (place) => place.length > 0 && (place[0] === "*" || isIndex(place[0]));

const memberAt = (value, place) => {
  if (place.length === 0) return value;
  const [name, ...rest] = place;
  if (!Array.isArray(value)) return value && typeof value === "object" ? memberAt(value["s" + name], rest) : undefined;
  const items = name === "*" ? value : isIndex(name) ? value.slice(Number(name), Number(name) + 1) : [];
  return firstOf(items, (item) => memberAt(item, rest));
};

const memberText = (value) => (typeof value === "string" ? value.slice(1) : undefined);

const memberEquals = (value, [type, text]) => {
  if (type === "bool") return value === (text === "true");
  if (typeof value !== "string" || value[0] !== type[0]) return false;
  const own = value.slice(1);
  return own === text || (type === "number" && Number(own) === Number(text) && isFinite(own));
};

// ---- Syntaxes

// A syntax is a way to look into a reply: open it for some places, find what
// stands at one, take that for a text, and compare it with a value.
const syntaxes = {
  json: {
    open: (reply, inArray) => (reply.body[0] === "{" || (reply.body[0] === "[" && inArray) ? once(reply, "json", parseJSON) : undefined),
    at: memberAt,
    text: memberText,
    equals: memberEquals,
  },
  text: {
    open: ({ body }) => (/^(?:"[^]*"|'[^]*')$/.test(body) ? trimSpace(body.slice(1, -1)) : body),
    at: (body, [prefix]) => (body.startsWith(prefix) ? trimSpace(body.slice(prefix.length)) || undefined : undefined),
    text: (rest) => rest,
  },
  header: {
    open: (reply) => reply,
    at: ({ headers }, [name]) => trimSpace(headerOf(headers, name)) || undefined,
    text: (value) => value,
  },
};

// once keeps what a body is parsed to, as several forms may ask for it.
const once = (reply, syntax, parse) => {
  if (!reply.parsed.has(syntax)) reply.parsed.set(syntax, parse(reply.body));
  return reply.parsed.get(syntax);
};

// headerOf returns the first value of a field, whose name is matched in any case;
// of several spellings the exact one counts, or else the least.
const headerOf = (headers, name) => {
  const lower = name.toLowerCase();
  const spelled = (key) => (key === name ? "" : key);
  const values = headers.filter(([key]) => key.toLowerCase() === lower).sort(([a], [b]) => (spelled(a) < spelled(b) ? -1 : spelled(a) > spelled(b) ? 1 : 0));
  return values.length > 0 ? values[0][1] : "";
};

// ---- XML

// XML is read as strictly as Go's encoding/xml: names lose their prefix, which
// need not be declared, and there are no entities but the five. Which characters
// beyond ASCII a name may have is known as well as Unicode's classes tell.
const NAME = /[A-Za-z0-9_:.\-\x80-\xff]+/y;
const NAME_TEXT = /^[\p{L}_:][\p{L}\p{M}\p{N}_:.\-\u00b7]*$/u;
const BLANK = /[ \r\n\t]*/y;
const NOT_XML = /[\x00-\x08\x0b\x0c\x0e-\x1f]|\xef\xbf[\xbe\xbf]/;
const ENTITIES = { lt: "<", gt: ">", amp: "&", apos: "'", quot: '"' };

// Reader reads a document from its start. What is not there is undefined.
class Reader {
  constructor(bytes) {
    this.bytes = bytes;
    this.at = 0;
  }

  take(pattern) {
    pattern.lastIndex = this.at;
    const found = pattern.exec(this.bytes);
    if (!found) return undefined;
    this.at = pattern.lastIndex;
    return found[0];
  }

  skip(start) {
    const found = this.bytes.startsWith(start, this.at);
    if (found) this.at += start.length;
    return found;
  }

  takeTo(end) {
    const at = this.bytes.indexOf(end, this.at);
    if (at < 0) return undefined;
    const part = this.bytes.slice(this.at, at);
    this.at = at + end.length;
    return part;
  }

  takeName() {
    const name = this.take(NAME) || "";
    return isUTF8(name) && NAME_TEXT.test(toText(name)) ? name : undefined;
  }

  takeTag() {
    const tag = this.takeName();
    return tag && tag.split(":").length < 3 ? tag : undefined;
  }

  // skipInstruction reads a processing instruction. A document in a single-byte
  // encoding is taken for ISO 8859-1: codes are ASCII in all of them.
  skipInstruction() {
    const target = this.takeName();
    this.take(BLANK);
    const content = target && this.takeTo("?>");
    if (content === undefined) return false;
    if (target !== "xml") return true;
    const version = instruction("version=", content);
    if (version && version !== "1.0") return false;
    if (!/^(?:utf-8)?$/i.test(instruction("encoding=", content))) {
      this.bytes = this.bytes.slice(this.at).replace(/[\x80-\xff]/g, toBytes);
      this.at = 0;
    }
    return true;
  }

  // skipDirective reads a document type. The first byte of it stands for nothing.
  skipDirective() {
    let quoted = "";
    let depth = 0;
    for (this.at++; this.at < this.bytes.length; this.at++) {
      const c = this.bytes[this.at];
      if (quoted) {
        if (c === quoted) quoted = "";
      } else if (c === '"' || c === "'") {
        quoted = c;
      } else if (this.skip("<!--")) {
        if (this.takeTo("-->") === undefined) return false;
        this.at--;
      } else if (c === "<") {
        depth++;
      } else if (c === ">" && depth-- === 0) {
        return this.skip(">");
      }
    }
    return false;
  }

  // takeAttributes reads the attributes of a tag, and returns its end.
  takeAttributes() {
    for (;;) {
      this.take(BLANK);
      const end = this.take(/\/?>/y);
      if (end) return end;
      if (!this.takeTag()) return undefined;
      const value = this.take(/[ \r\n\t]*=[ \r\n\t]*(?:"[^<"]*"|'[^<']*')/y);
      if (!value || xmlText(value) === undefined) return undefined;
    }
  }
}

// instruction returns the value of a parameter in an XML declaration, as loosely
// as encoding/xml looks for it.
const instruction = (parameter, content) => {
  let at = 0;
  for (;;) {
    const found = content.indexOf(parameter, at);
    const quote = content[found + parameter.length];
    if (found < 0 || quote === undefined) return "";
    at = found + parameter.length + 1;
    if (quote !== "'" && quote !== '"') continue;
    const end = content.indexOf(quote, at);
    return end < 0 ? "" : content.slice(at, end);
  }
};

const isXMLText = (text) => !NOT_XML.test(text) && isUTF8(text);

const xmlText = (raw) => {
  let sound = true;
  const text = raw.replace(/\r\n?/g, "\n").replace(/&(?:(lt|gt|amp|apos|quot);|#([0-9]+);|#x([0-9A-Fa-f]+);)?/g, (all, name, decimal, hex) => {
    if (name) return ENTITIES[name];
    const code = decimal ? parseInt(decimal, 10) : parseInt(hex, 16);
    sound = sound && code <= 0x10ffff;
    return sound ? toBytes(String.fromCodePoint(code)) : "";
  });
  return sound && isXMLText(text) ? text : undefined;
};

const parseXML = (bytes) => {
  const root = { children: [], text: "" };
  const open = [root];
  const reader = new Reader(bytes);
  if (bytes[0] !== "<") return undefined;
  while (reader.at < reader.bytes.length) {
    const parent = open[open.length - 1];
    let text = "";
    const raw = reader.take(/[^<]+/y);
    if (raw) {
      text = raw.includes("]]>") ? undefined : xmlText(raw);
    } else if (reader.skip("<![CDATA[")) {
      text = reader.takeTo("]]>");
      if (text === undefined || !isXMLText(text)) return undefined;
      text = text.replace(/\r\n?/g, "\n");
    } else if (reader.skip("<!--")) {
      if (reader.takeTo("--") === undefined || !reader.skip(">")) return undefined;
    } else if (reader.skip("<?")) {
      if (!reader.skipInstruction()) return undefined;
    } else if (reader.skip("<!")) {
      if (reader.skip("-") || reader.skip("[") || !reader.skipDirective()) return undefined;
    } else if (reader.skip("</")) {
      const tag = reader.takeTag();
      reader.take(BLANK);
      if (!tag || tag !== parent.tag || !reader.skip(">")) return undefined;
      open.pop();
    } else {
      reader.skip("<");
      const tag = reader.takeTag();
      const end = tag && reader.takeAttributes();
      if (!end) return undefined;
      const child = { tag, name: tag.replace(/^[^:]+:(?=.)/, ""), children: [], text: "" };
      parent.children.push(child);
      if (end === ">") open.push(child);
    }
    if (text === undefined) return undefined;
    parent.text += text;
  }
  return open.length === 1 && root.children.length === 1 && !trimSpace(root.text) ? root : undefined;
};

const elementAt = (element, place) => {
  if (place.length === 0) return element;
  const [name, ...rest] = place;
  const children = element.children.filter((child) => name === "*" || name === child.name);
  return firstOf(children, (child) => elementAt(child, rest));
};

syntaxes.xml = {
  open: (reply) => once(reply, "xml", parseXML),
  at: elementAt,
  text: (element) => (element && trimSpace(element.text)) || undefined,
  equals: (element, [, text]) => trimSpace(element.text) === text,
};

// ---- Tables

const KINDS = { codes: "code", prefixes: "prefix", statuses: "status", classes: "status_class", transport: "transport" };
const ACTIONS = ["fail", "retry", "resubmit", "wait_poll", "fix_account", "ok"];
const EFFECTS = ["none", "maybe"];
const GROWTHS = ["constant", "linear", "exponential"];
const TESTS = ["equals", "present", "absent", "prefix", "header", "status"];

// prepared holds what is derived from each table when it is first asked.
const prepared = new WeakMap();

const prepare = (table) => {
  if (!prepared.has(table)) prepared.set(table, new Prepared(table));
  return prepared.get(table);
};

class Prepared {
  constructor(table) {
    if (table.table !== TABLE) throw new RangeError("a table of version " + table.table + "; this errkb reads version " + TABLE);
    this.fold = table.fold ? fold : (bytes) => bytes;
    this.forms = (table.forms || []).map(prepareForm);
    this.delays = (table.delays || []).map((delay) => ({ ...delay, at: (delay.at || []).map(toBytes) }));
    this.operations = table.operations || [];
    this.policies = table.policies || [];
    for (const { growth } of this.policies) known(growth, GROWTHS, "growth");
    this.testsOK = this.forms.some(({ ok }) => ok.length > 0);
    const rows = (key) => (table[key] || []).map((row) => this.entry(KINDS[key], row));
    const codes = rows("codes");
    const bySpelling = (spelling, entry) => [this.fold(toBytes(spelling)), { entry, spelling }];
    this.codes = new Map([
      ...codes.map((entry) => bySpelling(entry.code, entry)),
      ...(table.aliases || []).map(([spelling, index]) => bySpelling(spelling, codes[index])),
    ]);
    this.prefixes = rows("prefixes").map((entry) => ({ entry, prefix: this.fold(toBytes(entry.code.slice(0, -1))) }));
    this.statuses = new Map(rows("statuses").map((entry) => [Number(entry.code), entry]));
    this.classes = new Map(rows("classes").map((entry) => [Number(entry.code[0]), entry]));
    this.transport = new Map(rows("transport").map((entry) => [entry.code, entry]));
    this.unknown = table.unknown && this.entry("unknown", table.unknown);
    this.unrecognised = table.unrecognised && this.entry("unrecognised", table.unrecognised);
  }

  entry(kind, row) {
    for (const { action } of [row, ...(row.overrides || [])]) known(action, ACTIONS, "action");
    known(row.effect || "none", EFFECTS, "effect");
    return { kind, ...row };
  }

  listed(code) {
    return this.codes.get(this.fold(code));
  }

  prefixed(code) {
    const folded = this.fold(code);
    const found = this.prefixes.find(({ prefix }) => folded.startsWith(prefix));
    return found && found.entry;
  }

  // repeats reports whether an operation can be repeated without harm; for the
  // empty one, whether all can.
  repeats(operation) {
    const named = this.operations.filter(({ name }) => !operation || name === operation);
    return named.length > 0 && named.every(({ repeatable }) => repeatable);
  }
}

const known = (value, all, what) => {
  if (!all.includes(value)) throw new RangeError("a table with the " + what + " " + value + ", which this errkb does not know");
};

const prepareForm = (form) => {
  known(form.syntax, Object.keys(syntaxes), "syntax");
  const ok = (form.ok || []).map((test) => {
    known(test.kind, TESTS, "test");
    const values = (test.values || []).map(([type, text]) => [type, toBytes(text)]);
    return { ...test, at: (test.at || []).map(toBytes), values, prefix: (test.prefix || []).map(toBytes), header: test.header || "" };
  });
  const code = (form.code || []).map((place) => place.map(toBytes));
  const inArray = code.some(isInArray) || ok.some(({ at }) => isInArray(at));
  return { syntax: form.syntax, ok, code, inArray, after: toBytes(form.after || ""), before: toBytes(form.before || "") };
};

// ---- Replies

// Reply is a reply in bytes. What was parsed of it is kept.
class Reply {
  constructor({ status, headers, body, operation }) {
    const start = typeof body === "string" ? toBytes(body.slice(0, MAX_BODY + 1)) : fromArray((body || new Uint8Array()).subarray(0, MAX_BODY + 1));
    this.status = status || 0;
    this.headers = fieldsOf(headers || {});
    this.operation = operation || "";
    this.cut = start.length > MAX_BODY;
    this.body = trimSpace(cutPrefix(start.slice(0, MAX_BODY), BYTE_ORDER_MARK));
    this.parsed = new Map();
  }
}

// fieldsOf returns the names of a header with their first values. Headers and Map
// can be walked, other objects have members.
const fieldsOf = (headers) => {
  const fields = typeof headers[Symbol.iterator] === "function" ? Array.from(headers) : Object.entries(headers);
  return fields.map(([name, value]) => [name, toBytes(String((Array.isArray(value) ? value[0] : value) ?? ""))]);
};

// look reports whether a reply shows a sign of success, and else whether it has
// another value where the sign would be.
const look = (test, syntax, opened, reply) => {
  const at = () => (syntax.equals ? syntax.at(opened, test.at) : undefined);
  const says = (passes) => ({ passes, denies: false });
  switch (test.kind) {
    case "equals": {
      const value = at();
      const passes = value !== undefined && test.values.some((want) => syntax.equals(value, want));
      return { passes, denies: value !== undefined && !passes };
    }
    case "present":
      return says(at() !== undefined);
    case "absent":
      return says(at() === undefined);
    case "prefix":
      return says(test.prefix.some((prefix) => (typeof opened === "string" ? opened : reply.body).startsWith(prefix)));
    case "header":
      return says(test.values.some(([, text]) => trimSpace(headerOf(reply.headers, test.header)) === text));
  }
  return says(test.status.some((own) => own === reply.status || (own < 10 && own === classOf(reply.status))));
};

const classOf = (status) => Math.trunc(status / 100);

// signOf returns which test of a form holds, or -1: the first that is neither an
// absence nor the status, if one such holds; whether it is one of these two; and
// whether a place that tells success holds another value.
const signOf = (form, opened, reply) => {
  const sign = { test: -1, weak: false, denied: false };
  for (const [i, test] of form.ok.entries()) {
    const { passes, denies } = look(test, syntaxes[form.syntax], opened, reply);
    sign.denied = sign.denied || denies;
    if (passes && test.kind !== "absent" && test.kind !== "status") return { ...sign, test: i, weak: false };
    if (passes && sign.test < 0) Object.assign(sign, { test: i, weak: true });
  }
  return sign;
};

// trimCode cuts a code out of its text; what is empty after it is not a code.
const trimCode = ({ after, before }, text) => {
  if (text === undefined || !(after || before)) return text;
  if (after && text.includes(after)) text = text.slice(text.lastIndexOf(after) + after.length);
  if (before && text.includes(before)) text = text.slice(0, text.indexOf(before));
  return trimSpace(text) || undefined;
};

// isCode reports whether a text at a place for codes, which is not listed, is one.
// A structured reply says so itself. Plain text is a code when it has a listed
// prefix, or when it is one word: pages, prose and data are not.
const isCode = (text, prefixed, syntax) => {
  if (!text || syntax !== "text") return text !== "";
  if (text.length > MAX_PLAIN_CODE || /[<>{}\n\r]/.test(text)) return false;
  return prefixed !== undefined || (isUTF8(text) && /^[\p{L}\p{Nd}_\-.:/]*$/u.test(toText(text)));
};

// codeOf returns the first code at one of a form's places, what the table has for
// it, and the place; undefined for none. Of the prefixes before a plain text, which
// can all fit at once, one that leaves a listed code wins.
const codeOf = (t, form, opened) => {
  const { at, text } = syntaxes[form.syntax];
  let first;
  for (const [place, where] of form.code.entries()) {
    const code = trimCode(form, text(at(opened, where)));
    if (code === undefined) continue;
    const listed = t.listed(code);
    const prefixed = listed ? undefined : t.prefixed(code);
    if (!listed && !isCode(code, prefixed, form.syntax)) continue;
    const found = { place, code, listed: listed && listed.entry, prefixed };
    if (listed || form.syntax !== "text") return found;
    first = first || found;
  }
  return first;
};

const noReading = () => ({ form: -1, success: false, test: -1, weak: false, denied: false, code: "", place: -1, cut: false });

// readReply tries the forms in order, and takes the first that has something to
// say. It returns the reading, and what the table has for its code.
const readReply = (t, reply) => {
  const reading = { ...noReading(), cut: reply.cut };
  const none = { reading, listed: undefined, prefixed: undefined };
  let taken = none;
  const take = (form, test, found) => {
    Object.assign(reading, { form, test });
    if (!found || (reading.success && !found.listed)) return none;
    Object.assign(reading, { code: toText(found.code), place: found.place });
    return { ...found, reading };
  };
  for (const [i, form] of t.forms.entries()) {
    const opened = syntaxes[form.syntax].open(reply, form.inArray);
    if (opened === undefined) continue;
    const { test, weak, denied } = signOf(form, opened, reply);
    reading.denied = reading.denied || denied;
    const found = codeOf(t, form, opened);
    if (test < 0 && !found) continue;
    if (test < 0 || reply.status < 400) {
      Object.assign(reading, { success: test >= 0, weak });
      return take(i, test, found);
    }
    // An error status overrules the sign of success. What then stands where the
    // code would be may be the result: unless it is covered, it counts only if no
    // other form holds a code.
    if (found && (found.listed || found.prefixed)) return take(i, test, found);
    if (found && reading.form < 0) taken = take(i, test, found);
  }
  return taken;
};

const isLost = ({ failure }) => failure !== undefined && failure !== null;

const read = (table, reply) => {
  const t = prepare(table);
  return isLost(reply) ? noReading() : readReply(t, new Reply(reply)).reading;
};

// ---- Decisions

const WAITING = ["retry", "resubmit", "wait_poll"];

// sayOf returns what an entry says in an operation.
const sayOf = (entry, operation) => {
  const override = (entry.overrides || []).find((own) => own.operation === operation);
  return override ? { effect: entry.effect, ...override } : entry;
};

const isOK = (entry, operation) => entry !== undefined && sayOf(entry, operation).action === "ok";

const decide = (table, reply, now = Date.now()) => {
  const t = prepare(table);
  return isLost(reply) ? decideFailure(t, reply) : decideReply(t, new Reply(reply), now);
};

// decision returns what an entry, if any, says where it was found by a source.
const decision = (t, operation, source, entry, more) => {
  const say = entry ? sayOf(entry, operation) : { action: "fail" };
  return {
    action: say.action,
    category: say.category || "",
    entry: entry || null,
    code: "",
    known: false,
    source,
    operation,
    status: 0,
    failure: "",
    effect: say.effect || "none",
    fix: say.fix || "",
    policy: t.policies[say.policy] || null,
    serverDelay: null,
    reading: noReading(),
    ...more,
  };
};

const SENT = ["timeout", "connection", "canceled"];

// decideFailure decides where there was no reply. A cancelled call is never made
// again, whatever the table says. What was never sent has had no effect.
const decideFailure = (t, { failure, operation, sent }) => {
  const entry = t.transport.get(failure);
  const d = decision(t, operation || "", "transport", entry, { known: entry !== undefined, failure });
  if (failure === "canceled") Object.assign(d, { action: "fail", policy: null });
  if (sent === false) d.effect = "none";
  else if (SENT.includes(failure)) d.effect = "maybe";
  return d;
};

const decideReply = (t, reply, now) => {
  const { reading, listed, prefixed } = readReply(t, reply);
  const { status, operation } = reply;
  const [exact, group] = [t.statuses.get(status), t.classes.get(classOf(status))];
  const ok = (entry) => isOK(entry, operation);
  const pick = (entries, success) => entries.find((entry) => entry && ok(entry) === success);
  const covered = listed !== undefined || prefixed !== undefined;
  const own = { status, code: reading.code, reading };
  const make = (source, entry, known) => decision(t, operation, source, entry, { ...own, known });

  const statusSucceeds = status < 400 && !t.testsOK && !prefixed && (!listed || ok(listed)) && ok(exact || group);
  if (reading.success || statusSucceeds) {
    const entry = pick([listed, exact, group], true);
    const d = make("success", entry, reading.success || !reading.code || listed !== undefined);
    const isResult = reading.success && entry !== listed;
    return { ...d, action: "ok", code: isResult ? "" : d.code };
  }
  const entry = pick([listed, prefixed, exact, group], false);
  const rest = reading.code ? "unknown" : "unrecognised";
  const d = entry ? make(entry.kind, entry, !reading.code || covered) : make(rest, pick([t[rest]], false), false);
  if (WAITING.includes(d.action) && d.policy) d.serverDelay = serverDelay(t, reply, now);
  return d;
};

// ---- Delays

// serverDelay returns the first delay that the reply gives, or null.
const serverDelay = (t, reply, now) => {
  const delay = firstOf(t.delays, ({ header, at, unit_ms }) =>
    header ? parseHeader(header, headerOf(reply.headers, header), unit_ms * NS, reply, now) : parseMember(at, unit_ms * NS, reply),
  );
  return delay === undefined ? null : delay / NS;
};

const parseHeader = (name, value, unit, reply, now) => {
  const text = trimSpace(value);
  if (!text) return undefined;
  const digits = parseDigits(text, unit);
  if (digits !== undefined) return digits;
  const date = parseDate(text);
  if (date !== undefined) return saturate((date - (parseDate(headerOf(reply.headers, "Date")) ?? now)) * NS);
  if (name.toLowerCase() === "retry-after") return undefined;
  const decimal = /[eE]/.test(text) ? undefined : parseDecimal(text, unit);
  return decimal ?? parseDuration(text);
};

const parseMember = (at, unit, reply) => {
  const opened = syntaxes.json.open(reply, isInArray(at));
  const text = opened === undefined ? undefined : memberText(memberAt(opened, at));
  return text ? (parseDecimal(text, unit) ?? parseDuration(text)) : undefined;
};

const parseDigits = (text, unit) => (/^[0-9]+$/.test(text) ? saturate(Number(text) * unit) : undefined);

const parseDecimal = (text, unit) => {
  const number = /^[0-9][0-9.eE+-]*$/.test(text) ? Number(text) : NaN;
  return isNaN(number) ? undefined : saturate(Math.round(unit * number));
};

const UNITS = new Map([["ns", 1], ["us", 1e3], ["\xc2\xb5s", 1e3], ["\xce\xbcs", 1e3], ["ms", 1e6], ["s", 1e9], ["m", 6e10], ["h", 3.6e12]]);
const DURATION_PART = /([0-9]*)(?:\.([0-9]*))?([^0-9.]+)/y;

// parseDuration reads a text such as 3.5s or 1m30s, as Go's time.ParseDuration.
const parseDuration = (text) => {
  let total = 0;
  for (let at = 0; at < text.length; at = DURATION_PART.lastIndex) {
    DURATION_PART.lastIndex = at;
    const [, whole, fraction = "", name] = DURATION_PART.exec(text) || [];
    const unit = UNITS.get(name);
    if (unit === undefined || !(whole || fraction)) return undefined;
    total += Number(whole) * unit + partOf(fraction, unit);
  }
  return saturate(total);
};

// partOf returns the part of a unit that is written after the point. Digits that
// 63 bits do not hold are dropped.
const partOf = (fraction, unit) => {
  let digits = "";
  let scale = 1;
  for (const digit of fraction) {
    const more = digits === "0" ? digit : digits + digit;
    if (more.length > 19 || (more.length === 19 && more > "9223372036854775808")) break;
    digits = more;
    scale *= 10;
  }
  return Math.trunc(Number(digits) * (unit / scale));
};

const DAYS = ["Sunday", "Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday"];
const MONTHS = ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"];
const DAY = "(?:" + DAYS.map((day) => day.slice(0, 3)).join("|") + ")";
const MONTH = "(?<month>" + MONTHS.join("|") + ")";
const CLOCK = "(?<hour>[0-9]{1,2}):(?<minute>[0-9]{2}):(?<second>[0-9]{2})(?:[.,](?:0{9}[0-9]*|0+))?";
const DATES = [
  DAY + ", +(?<day>[0-9]{2}) +" + MONTH + " +(?<year>[0-9]{4}) +" + CLOCK + " +(?<zone>GMT)",
  "(?:" + DAYS.join("|") + "), +(?<day>[0-9]{2})-" + MONTH + "-(?<year>[0-9]{2}) +" + CLOCK + " +(?<zone>GMT|UTC)",
  DAY + " +" + MONTH + " +(?<day>[0-9]{1,2}) +" + CLOCK + " +(?<year>[0-9]{4})",
].map((date) => new RegExp("^" + date + "$", "i"));

// parseDate returns the time of an HTTP date in its three forms, in milliseconds.
const parseDate = (text) => {
  const found = firstOf(DATES, (date) => date.exec(text) || undefined);
  if (!found) return undefined;
  const { zone = "GMT", month } = found.groups;
  const [year, day, hour, minute, second] = ["year", "day", "hour", "minute", "second"].map((name) => Number(found.groups[name]));
  const full = found.groups.year.length > 2 ? year : year + (year >= 69 ? 1900 : 2000);
  if (zone !== zone.toUpperCase() || hour > 23 || minute > 59 || second > 59) return undefined;
  const date = new Date(0);
  date.setUTCFullYear(full, MONTHS.indexOf(month.toLowerCase()), day);
  if (date.getUTCDate() !== day) return undefined;
  return date.setUTCHours(hour, minute, second);
};

// ---- Waits

// Waits are worked out in nanoseconds, as Go does, where all that a table can say
// is exact; the longest is what 63 bits hold, some 292 years.
const NS = 1e6;
const LONGEST = 2 ** 63;
const DEFAULT_SERVER_DELAY_MAX = 300000;

const saturate = (ns) => (ns > 0 ? Math.min(Math.trunc(ns), LONGEST) : 0);
const scale = (ns, by) => saturate(Math.round(ns * by));
const nanoseconds = (ms) => saturate(Math.round((ms || 0) * NS));

// power multiplies in the order of Go's math.Pow, so that both round alike.
const power = (base, exponent) => {
  let result = 1;
  for (; exponent > 0; exponent = Math.floor(exponent / 2)) {
    if (exponent % 2 === 1) result *= base;
    base *= base;
  }
  return result;
};

const growth = (policy, retry) => {
  const base = nanoseconds(policy.base_ms);
  let wait = base;
  if (policy.growth === "linear") wait = scale(base, retry + 1);
  if (policy.growth === "exponential") wait = scale(base, policy.factor > 1 ? power(policy.factor, retry) : 1);
  return Math.min(wait, limit(policy));
};

const limit = (policy) => nanoseconds(policy.max_ms) || LONGEST;

// jittered returns the bounds of a wait with jitter, before they are cut.
const jittered = ({ jitter = {} }, wait) => {
  if (jitter.full) return [0, wait];
  if (!(jitter.spread > 0)) return [wait, Math.min(wait + nanoseconds(jitter.add_ms), LONGEST)];
  const part = scale(wait, jitter.spread);
  return [Math.max(0, wait - part), Math.min(wait + part, LONGEST)];
};

// policyBounds returns the shortest and the longest wait before a retry, of which
// the first is 0. Where jitter would pass the policy's longest wait, the window
// slides down to end there. A delay that the server asks for is never shortened.
const policyBounds = (policy, retry, delay = 0) => {
  retry = Math.max(0, retry);
  const asked = nanoseconds(delay);
  let [shortest, longest] = asked > 0 ? [asked, Math.min(asked + width(policy, retry, asked), LONGEST)] : jittered(policy, growth(policy, retry));
  const most = limit(policy);
  if (asked === 0 && longest > most) [shortest, longest] = [Math.max(0, shortest - (longest - most)), most];
  return [shortest / NS, longest / NS];
};

// width is the jitter on a delay that the server asks for.
const width = (policy, retry, asked) => {
  const { full, spread, add_ms } = policy.jitter || {};
  if (full) return growth(policy, retry);
  return spread > 0 ? scale(asked, spread) : nanoseconds(add_ms);
};

const delayLimit = (policy) => policy.server_delay_max_ms || DEFAULT_SERVER_DELAY_MAX;
const asksTooMuch = ({ policy, serverDelay }) => serverDelay !== null && serverDelay > delayLimit(policy);

const bounds = (d, retry) => {
  if (!WAITING.includes(d.action) || !d.policy || asksTooMuch(d)) return null;
  return policyBounds(d.policy, retry, d.serverDelay || 0);
};

// ---- Sending again

const resend = (table, d, { retry = 0, repeatable = false, submits = false, other = false, follows = [] } = {}) => {
  const t = prepare(table);
  const stop = (reason) => ({ again: false, shortest: 0, longest: 0, reason });
  if (!WAITING.includes(d.action)) return stop("decision");
  if (harms(d, submits) && !repeatable && (other || !t.repeats(d.operation))) return stop("effect");
  if (follows.length > 0 && !follows.includes(d.action)) return stop("decision");
  if (!d.policy) return stop("exhausted");
  if (asksTooMuch(d)) return stop("server_delay");
  if (d.policy.retries !== -1 && Math.max(0, retry) >= (d.policy.retries || 0)) return stop("exhausted");
  const [shortest, longest] = bounds(d, retry);
  return { again: true, shortest, longest, reason: "" };
};

// harms reports whether the call, made again, could do the same twice.
const harms = ({ action, effect }, submits) => {
  if (action === "wait_poll") return submits;
  return effect === "maybe" && (action === "retry" || submits);
};

export { TABLE, read, decide, resend, bounds, policyBounds };
