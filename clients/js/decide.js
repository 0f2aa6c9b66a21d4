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
//   redact(table, reply, text)        a text without what is secret in a reply, such as its body
//   TABLE                             the version of the tables that this reads; any other throws
//
// A reply is {status, headers, body, operation}, or {failure} where there was none.
// index.d.ts says more. Nothing here changes what it is given, reads a clock but
// for the default of now, or throws for any reply. All times are milliseconds.
//
// The file imports nothing and ends in its only export, so that it can also stand
// in a classic script without that line. Comments have lines to themselves, and
// no text goes over a line end.

const TABLE = 2;

const MAX_BODY = 65536;
const LEAST_LOOK = 1024;
const MAX_PLAIN_CODE = 256;
const MOST_NESTED = 10000;
const MOST_FOUND = 100;

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

// contains reports whether a text contains a part in any case.
const contains = (text, part) => fold(text).includes(fold(part));

const firstOf = (items, find) => {
  for (const item of items) {
    const found = find(item);
    if (found !== undefined) return found;
  }
  return undefined;
};

// ---- JSON

const STRING_OR_NUMBER = /"[^"\\]*(?:\\.[^"\\]*)*"|-?[0-9][0-9.eE+-]*/g;

const TOKEN = /"[^"\\]*(?:\\.[^"\\]*)*"|-?[0-9][0-9.eE+-]*|[{}:]/g;
const MARKS = { "{": '{"m":[', "}": "]}", ":": "," };

// parseJSON returns the value that is written, with "s" before every string and
// member name and "n" before every number, which keeps its spelling. An object is
// {m: [name, value, …]}, as a name may stand twice. It is undefined for anything but
// JSON.
const parseJSON = (bytes) => {
  try {
    JSON.parse(bytes);
  } catch {
    return undefined;
  }
  if (depthOf(bytes) > MOST_NESTED) return undefined;
  const marked = (found) => MARKS[found] || (found[0] === '"' ? '"s' + unescapeWide(found.slice(1)) : '"n' + found + '"');
  return JSON.parse(bytes.replace(TOKEN, marked));
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

const PART = /[{}[\],: \t\r\n]|"[^"\\]*(?:\\[^][^"\\]*)*"|[^"][^,\]} \t\r\n]*(?=[,\]} \t\r\n])/y;

// completeJSON returns an object or array of which the end is missing, without the
// value that is cut and with all that is open closed; undefined for any other text.
const completeJSON = (bytes) => {
  let open = "";
  let isName = false;
  let whole = "";
  PART.lastIndex = 0;
  for (let found = /^[{[]/.test(bytes) && PART.exec(bytes); found && open.length <= MOST_NESTED; found = PART.exec(bytes)) {
    const [part] = found;
    if ("}]".includes(part) && open[0] !== part) return undefined;
    if ("}]".includes(part)) open = open.slice(1);
    if ("{[".includes(part)) open = (part === "{" ? "}" : "]") + open;
    if ("{}[]:".includes(part)) isName = part === "{";
    if (part === ",") isName = open[0] === "}";
    if ("{}[]".includes(part) || !(isName || ",: \t\r\n".includes(part))) whole = [PART.lastIndex, open];
  }
  const out = whole && bytes.slice(0, whole[0]) + whole[1];
  return out && parseJSON(out) !== undefined ? out : undefined;
};

const isIndex = (token) => /^(?:0|[1-9][0-9]{0,8})$/.test(token);
const isInArray = (place) => place.length > 0 && (place[0] === "*" || isIndex(place[0]));

// membersAt returns what stands at a place, but for null. Of members of the same
// name the last counts.
const membersAt = (value, place) => {
  if (place.length === 0) return value === null ? [] : [value];
  if (value === null || typeof value !== "object") return [];
  const [name, ...rest] = place;
  return partsOf(value, name).flatMap((part) => membersAt(part, rest));
};

const partsOf = (value, name) => {
  if (!Array.isArray(value)) {
    const isIt = (_, i) => i % 2 > 0 && (name === "*" || value.m[i - 1] === "s" + name);
    return value.m.filter(isIt).slice(name === "*" ? 0 : -1);
  }
  if (name === "*") return value;
  return isIndex(name) ? value.slice(Number(name), Number(name) + 1) : [];
};

const memberText = (value) => (typeof value === "string" ? value.slice(1) : undefined);

const memberEquals = (value, [type, text]) => {
  if (type === "bool") return value === (text === "true");
  if (typeof value !== "string" || value[0] !== type[0]) return false;
  const own = value.slice(1);
  return own === text || (type === "number" && sameNumber(own, text));
};

const sameNumber = (a, b) => {
  const value = decimalOf(a);
  return value !== undefined && value.join() === decimalOf(b)?.join();
};

// decimalOf returns the value of a JSON number, exactly: its sign and digits, without zeros
// at either end, and the power of ten before the first. Beyond the greatest exponent there
// is none.
const decimalOf = (number) => {
  const [, sign, whole, fraction = "", exponent = "0"] = /^(-?)(\d+)(?:\.(\d+))?(?:[eE]([-+]?\d+))?$/.exec(number) || [];
  if (whole === undefined || Math.abs(exponent) > 999999999) return undefined;
  const all = whole + fraction;
  let [from, to] = [0, all.length];
  while (all[from] === "0") from++;
  while (to > from && all[to - 1] === "0") to--;
  return from === to ? ["", "", 0] : [sign, all.slice(from, to), whole.length - from + Number(exponent)];
};

// ---- Syntaxes

// A syntax is a way to look into a reply: open a body as a document, find what
// stands at a place, take that for a text, and compare it with a value.
const syntaxes = {
  json: {
    open: (reply, body, inArray) => {
      const root = body[0] === "{" || (body[0] === "[" && inArray) ? once(reply, "json", body, parseJSON) : undefined;
      return root && { body, root };
    },
    at: ({ root }, place) => membersAt(root, place),
    text: memberText,
    equals: memberEquals,
  },
  text: {
    open: (_, body) => ({ body: /^(?:"[^]*"|'[^]*')$/.test(body) ? trimSpace(body.slice(1, -1)) : body }),
    at: ({ body }, [prefix]) => (body.startsWith(prefix) ? [trimSpace(body.slice(prefix.length))] : []),
    text: (rest) => rest || undefined,
  },
  header: {
    open: (_, body) => ({ body }),
    at: ({ reply }, [name]) => [trimSpace(linesOf(reply.headers, name)[0] || "")],
    text: (value) => value || undefined,
  },
};

// wrappings find the document in a body that wraps it.
const wrappings = { "": (_, { body }) => body };

// open returns a reply as a form reads it; undefined where it is of another syntax.
const open = (form, reply) => {
  const syntax = syntaxes[form.syntax];
  const body = wrappings[form.in](form, reply);
  const opened = body === undefined ? undefined : syntax.open(reply, body, form.inArray);
  // A stream and a string give a document that is whole.
  return opened && { ...opened, syntax, reply, cut: reply.cut && form.in !== "sse" && form.in !== "string" };
};

// valuesAt returns what stands at a place: all of it where the place has a *.
const valuesAt = (doc, place) => doc.syntax.at(doc, place).slice(0, place.includes("*") ? MOST_FOUND : 1);

// once keeps what a whole body is parsed to, as several forms may ask for it.
const once = (reply, syntax, body, parse) => {
  if (body !== reply.body) return parse(body);
  if (!reply.parsed.has(syntax)) reply.parsed.set(syntax, parse(body));
  return reply.parsed.get(syntax);
};

// linesOf returns the lines of a field, whose name is matched in any case; of
// several spellings the exact one counts, or else the least.
const linesOf = (headers, name) => {
  const lower = name.toLowerCase();
  const spelled = (key) => (key === name ? "" : key);
  const same = headers.filter(([key]) => key.toLowerCase() === lower);
  const [first] = same.map(([key]) => key).sort((a, b) => (spelled(a) < spelled(b) ? -1 : spelled(a) > spelled(b) ? 1 : 0));
  return same.filter(([key]) => key === first).map(([, value]) => value);
};

// fieldOf returns the value of a field, its lines joined (RFC 9110 section 5.3).
const fieldOf = (headers, name) => trimSpace(linesOf(headers, name).join(", "));

// ---- XML

// XML is read as strictly as Go's encoding/xml: names lose their prefix, which
// need not be declared, and there are no entities but the five. Which characters
// beyond ASCII a name may have is known as well as Unicode's classes tell.
const NAME = /[A-Za-z0-9_:.\-\x80-\xff]+/y;
const NAME_TEXT = /^[\p{L}_:][\p{L}\p{M}\p{Nd}_:.\-\u00b7]*$/u;
const BLANK = /[ \r\n\t]*/y;
const NOT_XML = /[\x00-\x08\x0b\x0c\x0e-\x1f]|\xef\xbf[\xbe\xbf]/;
const ENTITIES = { lt: "<", gt: ">", amp: "&", apos: "'", quot: '"' };

// Reader reads a document from its start. What is not there is undefined.
class Reader {
  constructor(bytes) {
    this.bytes = bytes;
    this.at = 0;
    this.ended = false;
  }

  // end is what is read where the document is cut.
  end() {
    this.ended = true;
    return undefined;
  }

  atEnd() {
    return this.at === this.bytes.length;
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
    if (at < 0) return this.end();
    const part = this.bytes.slice(this.at, at);
    this.at = at + end.length;
    return part;
  }

  takeName() {
    const name = this.take(NAME) || "";
    if (this.atEnd()) return this.end();
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
    this.end();
    return false;
  }

  // takeAttributes reads the attributes of a tag into a list, and returns its end.
  takeAttributes(attributes) {
    for (;;) {
      this.take(BLANK);
      const end = this.take(/\/?>/y);
      if (end) return end;
      if (this.bytes.slice(this.at) === "/") return this.end();
      const tag = this.takeTag();
      const text = tag && this.takeValue();
      if (text === undefined) return undefined;
      attributes.push({ name: "@" + localName(tag), attributes: [], children: [], text });
    }
  }

  // takeValue reads the value of an attribute.
  takeValue() {
    if (!this.take(/[ \r\n\t]*=[ \r\n\t]*/y)) return this.take(/[ \r\n\t]*$/y) === undefined ? undefined : this.end();
    if (this.atEnd()) return this.end();
    const raw = this.take(/"[^<"]*|'[^<']*/y);
    const text = raw && this.textOf(raw.slice(1));
    if (text === undefined) return undefined;
    if (this.atEnd()) return this.end();
    return this.skip(raw[0]) ? text : undefined;
  }

  // textOf returns the text that was just read, which may be cut in a reference.
  textOf(raw) {
    const reference = this.atEnd() ? raw.search(/&(?:#(?:x[0-9A-Fa-f]*|[0-9]*)|[A-Za-z0-9_:.\-\x80-\xff]*)$/) : -1;
    if (reference < 0) return xmlText(raw);
    return refer(raw.slice(0, reference)) === undefined ? undefined : this.end();
  }

  // isCut reports whether nothing but the start of a mark is left.
  isCut() {
    const rest = this.bytes.slice(this.at, this.at + 8);
    return this.at + 8 >= this.bytes.length && ["<!--", "<![CDATA["].some((mark) => mark.length > rest.length && mark.startsWith(rest));
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

const localName = (tag = "") => tag.replace(/^[^:]+:(?=.)/, "");

const isXMLText = (text) => !NOT_XML.test(text) && isUTF8(text);

// refer puts in what references stand for.
const refer = (raw) => {
  let sound = true;
  const text = raw.replace(/\r\n?/g, "\n").replace(/&(?:(lt|gt|amp|apos|quot);|#([0-9]+);|#x([0-9A-Fa-f]+);)?/g, (all, name, decimal, hex) => {
    if (name) return ENTITIES[name];
    const code = decimal ? parseInt(decimal, 10) : parseInt(hex, 16);
    sound = sound && code <= 0x10ffff;
    return sound ? toBytes(String.fromCodePoint(code)) : "";
  });
  return sound ? text : undefined;
};

const xmlText = (raw) => {
  const text = refer(raw);
  return text !== undefined && isXMLText(text) ? text : undefined;
};

// parseXML reads a whole document, or the start of one that is cut, in which the
// elements that are open have no text.
const parseXML = (bytes, cut) => {
  if (bytes[0] !== "<") return undefined;
  const root = { attributes: [], children: [], text: "" };
  const open = [root];
  const reader = new Reader(bytes);
  const isSound = readXML(reader, open);
  const isWhole = isSound && open.length === 1;
  if (root.children.length !== 1) return undefined;
  if (isWhole) return trimSpace(root.text) ? undefined : root;
  if (!cut || !(isSound || reader.ended)) return undefined;
  for (const element of open) element.text = "";
  return root;
};

// readXML reads a document to its end, and reports whether it is sound so far. Open are
// the elements that are open.
const readXML = (reader, open) => {
  while (!reader.atEnd()) {
    const parent = open[open.length - 1];
    let text = "";
    const raw = reader.take(/[^<]+/y);
    if (raw) {
      text = raw.includes("]]>") ? undefined : reader.textOf(raw);
    } else if (reader.isCut()) {
      text = reader.end();
    } else if (reader.skip("<![CDATA[")) {
      text = reader.takeTo("]]>");
      if (text === undefined || !isXMLText(text)) return false;
      text = text.replace(/\r\n?/g, "\n");
    } else if (reader.skip("<!--")) {
      if (reader.takeTo("--") === undefined || (reader.atEnd() && !reader.end()) || !reader.skip(">")) return false;
    } else if (reader.skip("<?")) {
      if (!reader.skipInstruction()) return false;
    } else if (reader.skip("<!")) {
      if (reader.skip("-") || reader.skip("[") || !reader.skipDirective()) return false;
    } else if (reader.skip("</")) {
      const tag = reader.takeTag();
      reader.take(BLANK);
      if (tag && reader.atEnd()) reader.end();
      if (!tag || !reader.skip(">") || tag !== parent.tag) return false;
      open.pop();
    } else {
      reader.skip("<");
      const tag = reader.takeTag();
      const child = { tag, name: localName(tag), attributes: [], children: [], text: "" };
      const end = tag && reader.takeAttributes(child.attributes);
      if (!end) return false;
      parent.children.push(child);
      if (end === ">") open.push(child);
    }
    if (text === undefined) return false;
    parent.text += text;
  }
  return true;
};

// elementsAt returns the elements at a place, or the attribute, whose name starts
// with @.
const elementsAt = (element, place) => {
  if (place.length === 0) return [element];
  const [name, ...rest] = place;
  const below = name[0] === "@" ? element.attributes : element.children;
  return below.filter((child) => name === "*" || name === child.name).flatMap((child) => elementsAt(child, rest));
};

syntaxes.xml = {
  open: (reply, body) => {
    const root = once(reply, "xml", body, (bytes) => parseXML(bytes, reply.cut));
    return root && { body, root };
  },
  at: ({ root }, place) => elementsAt(root, place),
  text: ({ text }) => trimSpace(text) || undefined,
  equals: (element, [, text]) => trimSpace(element.text) === text,
};

// ---- Wrapped documents

const LINE_END = /\r\n|\r|\n/;

// firstEvent returns the data of the first event of a stream that is a JSON object.
const firstEvent = (_, { body }) => {
  let data = [];
  for (const line of (body + "\n\n").split(LINE_END)) {
    if (line.startsWith("data:")) data.push(cutPrefix(line.slice(5), " "));
    if (line) continue;
    const text = trimSpace(data.join("\n"));
    if (text[0] === "{" && parseJSON(text) !== undefined) return text;
    data = [];
  }
  return undefined;
};

// firstLine returns the first line of JSON that says success, failure or a code.
const firstLine = (form, reply) => firstOf(reply.body.split(LINE_END), (line) => {
  const text = trimSpace(line);
  const opened = syntaxes.json.open(reply, text, form.inArray);
  return opened && says(form, { ...opened, syntax: syntaxes.json, reply }) ? text : undefined;
});

const says = (form, doc) =>
  form.fail.concat(form.ok).some((test) => ask(test, doc).held === STRONG) ||
  form.code.some((place) => valuesAt(doc, place).some((value) => {
    const text = trimCode(form, doc.syntax.text(value));
    return text && !form.none.includes(text);
  }));

// inString returns the text of a JSON string in the body.
const inString = ({ inside }, reply) => {
  const outer = syntaxes.json.open(reply, reply.body, isInArray(inside));
  const [value] = outer ? membersAt(outer.root, inside) : [];
  return typeof value === "string" && value[0] === "s" ? trimSpace(value.slice(1)) : undefined;
};

Object.assign(wrappings, { sse: firstEvent, ndjson: firstLine, string: inString });

// ---- Tables

const KINDS = { codes: "code", prefixes: "prefix", statuses: "status", classes: "status_class", transport: "transport" };
const ACTIONS = ["fail", "retry", "resubmit", "wait_poll", "fix_account", "ok"];
const EFFECTS = ["none", "maybe"];
const GROWTHS = ["constant", "linear", "exponential"];
const DELAYS = ["", "time", "ratelimit"];

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
    this.delays = (table.delays || []).map(prepareDelay);
    this.overrides = (table.overrides || []).map(prepareVariant);
    [this.requestId, this.field, this.secret] = [table.request_id, table.field, table.secret].map(preparePlaces);
    this.notes = [this.requestId, this.field, this.secret].some(({ length }) => length > 0);
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
    for (const say of [row, ...(row.by_operation || []), ...(row.variants || [])]) {
      known(say.action, ACTIONS, "action");
      known(say.effect || "none", EFFECTS, "effect");
    }
    const entry = { kind, ...row };
    if (row.delays) entry.delays = row.delays.map(prepareDelay);
    if (row.variants) entry.variants = row.variants.map(prepareVariant);
    return entry;
  }

  // look returns how many bytes of a body are looked at.
  look(operation) {
    const { look } = this.operations.find(({ name }) => operation && name === operation) || {};
    return look ? Math.max(look, LEAST_LOOK) : MAX_BODY;
  }

  listed(code) {
    return this.codes.get(this.fold(code));
  }

  // listedNumber finds a code by the value of a JSON number: 429.0 is 429.
  listedNumber(code) {
    const [sign, digits, power] = (/[.eE]/.test(code) && decimalOf(code)) || [];
    const whole = power <= 16 && digits.length <= power ? sign + digits.padEnd(power || 1, "0") : "";
    return whole && Number.isSafeInteger(Number(whole)) ? this.listed(whole) : undefined;
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
  known(form.in || "", Object.keys(wrappings), "wrapping");
  const [ok, fail] = [form.ok, form.fail].map(prepareTests);
  const [code, [inside]] = [form.code || [], [form.inside || []]].map((places) => places.map(prepareList));
  return {
    syntax: form.syntax, in: form.in || "", inside, ok, fail, code, none: prepareList(form.none), after: toBytes(form.after || ""), before: toBytes(form.before || ""),
    inArray: code.some(isInArray) || anyInArray(ok) || anyInArray(fail),
  };
};

const anyInArray = (tests) => tests.some(({ at, tests }) => isInArray(at) || anyInArray(tests));

const prepareList = (texts = []) => texts.map(toBytes);

const prepareTests = (tests = []) => tests.map((test) => {
  known(test.kind, Object.keys(kinds), "test");
  const values = (test.values || []).map(([type, text]) => [type, toBytes(text)]);
  return { ...test, at: prepareList(test.at), values, prefix: prepareList(test.prefix), text: toBytes(test.text || ""), tests: prepareTests(test.tests) };
});

const prepareDelay = (delay) => {
  known(delay.as || "", DELAYS, "delay");
  return { ...delay, at: prepareList(delay.at), code: toBytes(delay.code || "") };
};

const preparePlaces = (places = []) => places.map(({ header, json, xml }) => ({ header, json: json && prepareList(json), xml: xml && prepareList(xml) }));

// prepareVariant prepares what says otherwise in some replies: a variant of an
// entry, or an override of the table.
const prepareVariant = (row) => {
  if (row.action) known(row.action, ACTIONS, "action");
  return { ...row, when: prepareTests(row.when), delays: row.delays && row.delays.map(prepareDelay) };
};

// ---- Replies

// Reply is a reply in bytes. What was parsed of it is kept. Of a JSON document that is
// cut the body is what is whole of it.
class Reply {
  constructor({ status, headers, body, operation, cut }, t) {
    this.operation = operation || "";
    const most = t.look(this.operation);
    const start = typeof body === "string" ? toBytes(body.slice(0, most + 1)) : fromArray((body || new Uint8Array()).subarray(0, most + 1));
    this.status = status || 0;
    this.headers = fieldsOf(headers || {});
    this.cut = start.length > most || cut === true;
    const raw = cutPrefix(wholeCharacters(start.slice(0, most), this.cut), BYTE_ORDER_MARK);
    this.body = trimSpace(raw);
    this.gap = trimSpace("x" + raw).length <= raw.length;
    if (this.cut) this.body = completeJSON(this.body) ?? this.body;
    this.parsed = new Map();
  }
}

// wholeCharacters drops the bytes at the end of a cut text that start a character.
const wholeCharacters = (bytes, cut) => (cut ? bytes.replace(PART_OF_CHARACTER, "") : bytes);

const PART_OF_CHARACTER = /(?:[\xc2-\xdf]|\xe0[\xa0-\xbf]?|\xed[\x80-\x9f]?|[\xe1-\xec\xee\xef][\x80-\xbf]?|(?:\xf0(?:[\x90-\xbf][\x80-\xbf]?)?|\xf4(?:[\x80-\x8f][\x80-\xbf]?)?|[\xf1-\xf3][\x80-\xbf]{0,2}))$/;

// fieldsOf returns the lines of a header, each with its name. Headers and Map can be
// walked, other objects have members.
const fieldsOf = (headers) => {
  const fields = typeof headers[Symbol.iterator] === "function" ? Array.from(headers) : Object.entries(headers);
  return fields.flatMap(([name, value]) => (Array.isArray(value) ? value : [value]).map((line) => [name, toBytes(String(line ?? ""))]));
};

// How much a test says that holds. What is absent, a status, and a field that is
// merely there are weak signs: they stand on many replies.
const WEAK = 1;
const STRONG = 2;

const strongIf = (holds) => ({ held: holds ? STRONG : 0, denied: false });
const weakIf = (holds) => ({ held: holds ? WEAK : 0, denied: false });

// combine answers for a test that is made of others.
const combine = ({ kind, tests }, doc) => {
  let held = 0;
  let denied = false;
  for (const test of tests) {
    const part = ask(test, doc);
    if (kind === "not") return weakIf(part.held === 0);
    denied = denied || part.denied;
    if (kind === "all" && part.held === 0) return { held: 0, denied };
    held = Math.max(held, part.held);
    if (kind === "any" && held === STRONG) break;
  }
  return { held, denied };
};

// mayChange reports whether the rest of a document that is cut can change what a test
// says.
const mayChange = (test, doc) => {
  if (!doc.cut) return false;
  const { held, denied } = ask(test, doc);
  // In XML elements repeat.
  const isSingle = doc.syntax === syntaxes.json && !test.at.includes("*");
  switch (test.kind) {
    case "equals":
      return !held && !(denied && isSingle);
    case "contains":
      return !held && !(isSingle && comparable(doc, test).some((value) => doc.syntax.text(value) !== undefined));
    case "present":
    case "absent":
      return comparable(doc, test).length === 0;
    case "prefix":
      return !held && test.prefix.some((start) => start.startsWith(doc.body));
    case "body_contains":
      return !held;
  }
  const settles = (part) => !mayChange(part, doc) && ((test.kind === "all" && !ask(part, doc).held) || (test.kind === "any" && ask(part, doc).held));
  return test.tests.some((part) => mayChange(part, doc)) && !test.tests.some(settles);
};

const holds = (tests, doc) => tests.every((test) => ask(test, doc).held > 0 && !mayChange(test, doc));

// comparable returns the values at a place of a document of a syntax that has such.
const comparable = (doc, { at }) => (doc.syntax.equals ? valuesAt(doc, at) : []);

const kinds = {
  equals: (test, doc) => {
    const values = comparable(doc, test);
    const equal = values.some((value) => test.values.some((want) => doc.syntax.equals(value, want)));
    return { ...strongIf(equal), denied: values.length > 0 && !equal };
  },
  present: (test, doc) => strongIf(comparable(doc, test).length > 0),
  absent: (test, doc) => weakIf(comparable(doc, test).length === 0),
  contains: (test, doc) => strongIf(comparable(doc, test).some((value) => contains(doc.syntax.text(value) || "", test.text))),
  prefix: ({ prefix }, { body }) => strongIf(prefix.some((start) => body.startsWith(start))),
  body_contains: ({ text }, { body }) => strongIf(contains(body, text)),
  header: ({ header, values }, { reply }) => strongIf(values.some(([, text]) => text === fieldOf(reply.headers, header))),
  header_prefix: ({ header, prefix }, { reply }) => strongIf(prefix.some((start) => fieldOf(reply.headers, header).startsWith(start))),
  header_present: ({ header }, { reply }) => weakIf(fieldOf(reply.headers, header)),
  status: (test, { reply: { status } }) => weakIf(test.status.some((own) => own === status || (own < 10 && own === classOf(status)))),
  operation: ({ operations }, { reply }) => weakIf(operations.includes(reply.operation)),
  all: combine,
  any: combine,
  not: combine,
};

// ask returns how much a test says about a document, 0 where it does not hold, and
// whether there is another value in the place of the one that it asks for.
const ask = (test, doc) => kinds[test.kind](test, doc);

const classOf = (status) => Math.trunc(status / 100);

// signOf tries the tests of failure, and then those of success until one says it for
// certain. It returns which one holds, or -1, how much that says, and whether the rest
// of a document that is cut may say success.
const signOf = (form, doc) => {
  const sign = { test: -1, held: 0, failed: false, denied: false, open: false, mayFail: false };
  const [sure, unsure] = [false, true].map((may) => form.fail.filter((test) => mayChange(test, doc) === may));
  if (sure.some((test) => ask(test, doc).held > 0)) return { ...sign, failed: true };
  for (const [i, test] of form.ok.entries()) {
    if (mayChange(test, doc)) {
      sign.open = true;
      continue;
    }
    const { held, denied } = ask(test, doc);
    sign.denied = sign.denied || denied;
    if (held > sign.held) Object.assign(sign, { test: i, held });
    if (held === STRONG) break;
  }
  sign.mayFail = unsure.length > 0;
  if (sign.mayFail && sign.held > 0) Object.assign(sign, { held: 0, open: true });
  return sign;
};

// trimCode cuts a code out of its text; what is empty after it is not a code.
const trimCode = ({ after, before }, text) => {
  if (text === undefined || !(after || before)) return text;
  if (after && text.includes(after)) text = text.slice(text.lastIndexOf(after) + after.length);
  if (before && text.includes(before)) text = text.slice(0, text.indexOf(before));
  return trimSpace(text) || undefined;
};

// How well the table knows a code. A doubtful one may be the result.
const NO_CODE = { rank: 0, code: "", place: -1, listed: undefined, prefixed: undefined };
const DOUBTFUL = 1;
const UNLISTED = 2;
const PREFIXED = 3;
const LISTED = 4;

// codeIn takes a text at a place for codes for a code, if it is one. A structured
// reply says so itself. Plain text is a code when the table has it, or when it is
// one word: pages, prose and data are not. Codes of a rank below least don't count.
const codeIn = (t, { none, syntax }, code, isNumber, least) => {
  if (none.includes(code)) return NO_CODE;
  const own = { ...NO_CODE, code };
  const found = t.listed(code) || (isNumber ? t.listedNumber(code) : undefined);
  if (found) return { ...own, rank: LISTED, listed: found.entry };
  if (least === LISTED || !code || (syntax === "text" && !mayBeCode(code))) return NO_CODE;
  const prefixed = t.prefixed(code);
  if (prefixed) return { ...own, rank: PREFIXED, prefixed };
  return least > UNLISTED || (syntax === "text" && !isWord(code)) ? NO_CODE : { ...own, rank: UNLISTED };
};

const mayBeCode = (text) => text.length <= MAX_PLAIN_CODE && !/[<>{}\n\r]|^(?:null|true|false)$/.test(text);

const isWord = (text) => isUTF8(text) && /^[\p{L}\p{Nd}_\-.:/]*$/u.test(toText(text));

// codeOf returns the code that the table knows best of those at a form's places,
// the first of these, and the first one that is not listed before it.
const codeOf = (t, form, doc, least) => {
  let best = NO_CODE;
  let also = "";
  for (const [place, where] of form.code.entries()) {
    for (const value of valuesAt(doc, where)) {
      const raw = doc.syntax.text(value);
      if (doc.cut && form.syntax === "text" && !endsCode(form, doc, raw)) continue;
      const text = trimCode(form, raw);
      const found = text === undefined ? NO_CODE : codeIn(t, form, text, form.syntax === "json" && value[0] === "n", least);
      if (found.rank <= best.rank) continue;
      // Several prefixes before a plain text find the same text.
      if (best.rank === UNLISTED && form.syntax !== "text") also = also || best.code;
      best = { ...found, place };
      if (best.rank === LISTED) return [best, also];
    }
  }
  return [best, also];
};

// endsCode reports whether a code in a text that is cut ends before the cut.
const endsCode = ({ before }, { reply }, text) => reply.gap || (before !== "" && text !== undefined && text.includes(before));

const noReading = () => ({ form: -1, success: false, test: -1, weak: false, failed: false, denied: false, code: "", also: "", place: -1, cut: false });

// isPlain reports whether the start of a body is that of a text too long for a code, or of
// data: no form finds a code in what is missing of it.
const isPlain = (start) => start.length >= LEAST_LOOK && !"{[<".includes(start[0]);

// readReply looks into the forms in order. It takes the first that says success or
// holds a listed code, and else of all codes the one that the table knows best.
// Success that only shows by weak signs has to wait until all are looked into. It
// returns the reading, what the table has for its code, and whether what is missing of
// the body may say success.
const readReply = (t, reply) => {
  const reading = { ...noReading(), cut: reply.cut };
  let best = NO_CODE;
  let maybe;
  let pending = false;
  let mayFail = false;
  const takeCode = (form, { test }, found) => {
    if (best.rank === UNLISTED) reading.also = reading.also || toText(best.code);
    Object.assign(reading, { form, test, code: toText(found.code), place: found.place });
    best = found;
    return { ...best, reading, pending };
  };
  const takeSuccess = (form, { test, held }, found) => {
    best = found.rank === LISTED ? found : NO_CODE;
    Object.assign(reading, { form, test, success: true, weak: held === WEAK, code: toText(best.code), also: "", place: best.place });
    return { ...best, reading, pending };
  };
  for (const [i, form] of t.forms.entries()) {
    const doc = open(form, reply);
    if (!doc) continue;
    const sign = signOf(form, doc);
    reading.denied = reading.denied || sign.denied;
    reading.failed = reading.failed || sign.failed;
    mayFail = mayFail || sign.mayFail;
    let succeeds = sign.held > 0 && reply.status < 400 && best.rank < UNLISTED;
    const wasPending = pending;
    if (doc.cut && reply.status < 400) {
      succeeds = succeeds && (sign.held === STRONG || isPlain(reply.body)) && !doc.syntax.equals && !pending;
      pending = pending || (reply.body !== "" && !succeeds && (sign.open || sign.held > 0));
    }
    // What else than a listed code stands beside a sign of success may be the result.
    let [found, also] = codeOf(t, form, doc, !succeeds ? UNLISTED : sign.held === WEAK ? PREFIXED : LISTED);
    reading.also = reading.also || toText(also);
    if (succeeds && found.rank === LISTED && !isIn(found.listed, reply.operation)) found = NO_CODE;
    const isOpen = wasPending || (doc.cut && found.rank === LISTED && isOK(found.listed, reply.operation));
    if (found.rank === LISTED && reply.cut && isOpen) continue;
    if (found.rank === LISTED && !(succeeds && isOK(found.listed, reply.operation))) return takeCode(i, sign, found);
    if (succeeds && (sign.held === STRONG || found.rank === LISTED)) return takeSuccess(i, sign, found);
    if (succeeds && found.rank < PREFIXED) {
      maybe = maybe || [i, sign];
      continue;
    }
    // An error status overrules the sign of success.
    if (sign.held > 0 && reply.status >= 400 && found.rank === UNLISTED) found.rank = DOUBTFUL;
    if (found.rank > best.rank) takeCode(i, sign, found);
  }
  if (maybe && !reading.failed && !mayFail && best.rank < PREFIXED) return takeSuccess(...maybe, NO_CODE);
  // Where success may follow, a code that is not listed may be the result.
  if (pending) {
    Object.assign(reading, { form: -1, test: -1, place: -1, code: "", also: "" });
    best = NO_CODE;
  }
  return { ...best, reading, pending };
};

const isLost = ({ failure }) => failure !== undefined && failure !== null;

const read = (table, reply) => {
  const t = prepare(table);
  if (isLost(reply)) return noReading();
  const own = new Reply(reply, t);
  const { reading, listed } = readReply(t, own);
  return t.secret.length > 0 ? hideIn(reading, listed, secretsOf(t, own)) : reading;
};

// ---- Places

const MOST_NOTED = 256;
const SECRET = "[secret]";
const MIN_SECRET = 4;

// note adds what a reply without success says for support, and cuts from all that it
// says what is secret.
const note = (t, d, reply, listed) => {
  const [requestId, field] = d.source === "success" ? ["", ""] : [noted(t, reply, t.requestId), noted(t, reply, t.field)];
  const secrets = t.secret.length > 0 ? secretsOf(t, reply) : [];
  const reading = hideIn(d.reading, listed, secrets);
  const [ownId, ownField] = [requestId, field].map((text) => toText(shorten(hide(text, secrets))));
  return { ...d, reading, code: d.code && reading.code, also: reading.also, requestId: ownId, field: ownField };
};

// documentsOf returns those documents of a reply that places look into: those that are
// wrapped in the body, and then the body itself.
const documentsOf = (t, reply, places) =>
  [...t.forms.filter((form) => form.in), ...ANY_PLACE]
    .filter(({ syntax }) => places.some((place) => place[syntax]))
    .map((form) => open(form, reply))
    .filter(Boolean);

const pathIn = ({ syntax }, { json, xml }) => (syntax === syntaxes.json ? json : xml);

const namedIn = (doc, value) => trimSpace(doc.syntax.text(value) || "");

// noted returns the text or the number at the first of some places that holds one.
const noted = (t, reply, places) => {
  const docs = documentsOf(t, reply, places);
  const textsIn = (doc, path) => (path ? valuesAt(doc, path).map((value) => namedIn(doc, value)) : []);
  const textsAt = (place) => (place.header ? [fieldOf(reply.headers, place.header)] : docs.flatMap((doc) => textsIn(doc, pathIn(doc, place))));
  return firstOf(places, (place) => textsAt(place).find(Boolean)) || "";
};

// shorten cuts a text that is too long for a name, between two characters.
const shorten = (text) => {
  if (text.length <= MOST_NOTED) return text;
  let end = MOST_NOTED;
  while (end > MOST_NOTED - 4 && /[\x80-\xbf]/.test(text[end])) end--;
  return text.slice(0, end) + toBytes("\u2026");
};

// secretsOf returns the texts of a reply at all places that are secret, and all texts that
// an object, an array or an element there holds.
const secretsOf = (t, reply) => {
  const textsIn = (doc, path) => (path ? doc.syntax.at(doc, path).slice(0, MOST_FOUND).flatMap(textsBelow) : []);
  const inBody = documentsOf(t, reply, t.secret).flatMap((doc) => t.secret.flatMap((place) => textsIn(doc, pathIn(doc, place))));
  const inHeader = t.secret.flatMap(({ header }) => (header ? linesOf(reply.headers, header).map(trimSpace) : []));
  // A code is in UTF-8 by now, whatever stood in the reply.
  return [...inHeader, ...inHeader.map(credentials), ...inBody].filter(Boolean).flatMap((text) => [text, toBytes(toText(text))]);
};

// textsBelow returns the texts and numbers in a JSON value or an element.
const textsBelow = (value) => {
  const texts = [];
  for (const rest = [value]; rest.length > 0; ) {
    const own = rest.pop();
    if (typeof own === "string") texts.push(trimSpace(own.slice(1)));
    if (own === null || typeof own !== "object") continue;
    if (own.children) texts.push(trimSpace(own.text || ""));
    const below = own.children ? own.attributes.concat(own.children) : own.m ? own.m.filter((_, i) => i % 2 > 0) : own;
    for (const part of below) rest.push(part);
  }
  return texts;
};

// credentials returns what in a header field is secret without its name: what follows the
// scheme in "Bearer abc", and the value in "session=abc; Path=/".
const credentials = (line) => {
  const first = trimSpace(line.split(";")[0]);
  return trimSpace(/^[^ ]* ([^]*)$/.exec(first)?.[1] || /^[^= ]*=([^ ]*)$/.exec(first)?.[1] || "");
};

const CONTROLS = { "\n": "n", "\r": "r", "\t": "t", "\b": "b", "\f": "f" };
const REFERENCES = { "&": "amp", "<": "lt", ">": "gt", '"': "quot", "'": "apos" };

// escapedPattern returns a pattern of a secret as a JSON or an XML document writes it. How
// many backslashes there are does not count: they are more in a document within another.
const escapedPattern = (secret) => {
  const hex = (number, least) => number.toString(16).padStart(least, "0").replace(/[a-f]/g, (h) => `[${h}${h.toUpperCase()}]`);
  const unicode = (c) => c.split("").map((unit) => "\\\\+u" + hex(unit.charCodeAt(0), 4)).join("");
  const literal = (c) => toBytes(c).replace(/[$()*+./?[\\\]^{|}-]/g, "\\$&");
  const pattern = (c) => {
    const control = CONTROLS[c] ? `|\\\\+${CONTROLS[c]}` : "";
    const name = REFERENCES[c] ? `&${REFERENCES[c]};|` : "";
    return `(?:${unicode(c)}${control}|\\\\*(?:${name}&#0*${c.codePointAt(0)};|&#x0*${hex(c.codePointAt(0), 1)};|${literal(c)}))`;
  };
  return new RegExp(Array.from(toText(secret).replaceAll("\\", ""), pattern).join(""), "y");
};

// hide returns a text with a mark in place of each secret in it. Where secrets overlap
// one mark stands for both. A short one may be part of any word.
const hide = (text, secrets) => {
  if (secrets.includes(text)) return SECRET;
  const hidden = [];
  for (const secret of secrets.filter((own) => Array.from(toText(own)).length >= MIN_SECRET)) {
    for (let at = text.indexOf(secret); at >= 0; at = text.indexOf(secret, at + 1)) {
      for (let i = at; i < at + secret.length; i++) hidden[i] = true;
    }
    if (!/[\\&]/.test(text)) continue;
    const escaped = escapedPattern(secret);
    for (let at = 0; at < text.length; at++) {
      if (text[at - 1] === "\\") continue; // which belongs to what is tried before
      escaped.lastIndex = at;
      for (let i = at, end = escaped.test(text) ? escaped.lastIndex : at; i < end; i++) hidden[i] = true;
    }
  }
  return hidden.length === 0 ? text : text.replace(/[^]/g, (c, i) => (!hidden[i] ? c : hidden[i - 1] ? "" : SECRET));
};

// hideIn cuts secrets from what a reply says. A listed code is the table's own text.
const hideIn = (reading, listed, secrets) => {
  const own = (text) => toText(hide(toBytes(text), secrets));
  return secrets.length === 0 ? reading : { ...reading, also: own(reading.also), code: listed ? reading.code : own(reading.code) };
};

// redact returns a text without what the table says is secret in a reply.
const redact = (table, reply, text) => {
  const t = prepare(table);
  return t.secret.length === 0 || isLost(reply) ? text : toText(hide(toBytes(text), secretsOf(t, new Reply(reply, t))));
};

// ---- Decisions

const WAITING = ["retry", "resubmit", "wait_poll"];
const STOPPING = ["fail", "fix_account"];

// sayOf returns what an entry says in an operation.
const sayOf = (entry, operation) => {
  const own = (entry.by_operation || []).find((say) => say.operation === operation);
  return own ? { effect: entry.effect, ...own } : entry;
};

// isIn reports whether an entry can occur in an operation, which may be unknown.
const isIn = ({ operations = [] }, operation) => operations.length === 0 || !operation || operations.includes(operation);

const isOK = (entry, operation) => entry !== undefined && sayOf(entry, operation).action === "ok";

const decide = (table, reply, now = Date.now()) => {
  const t = prepare(table);
  return isLost(reply) ? decideFailure(t, reply) : decideReply(t, new Reply(reply, t), now);
};

// decision returns what an entry, if any, says where it was found by a source.
const decision = (t, operation, source, entry, more) => {
  const say = entry ? sayOf(entry, operation) : { action: "fail" };
  return {
    action: say.action,
    category: say.category || "",
    entry: entry || null,
    code: "",
    also: "",
    variant: 0,
    override: 0,
    known: false,
    source,
    operation,
    status: 0,
    failure: "",
    effect: say.effect || "none",
    requestId: "",
    field: "",
    undecided: false,
    fix: say.fix || "",
    policy: t.policies[say.policy] || null,
    serverDelay: null,
    reading: noReading(),
    ...more,
  };
};

const ANY_PLACE = [
  { syntax: "json", in: "", inArray: true },
  { syntax: "xml", in: "" },
  { syntax: "text", in: "" },
];

// openAny opens the reply for tests that belong to no form: in the syntax of the form
// that was taken, and else as what the body is.
const openAny = (t, reply, { form }) => {
  const taken = t.forms[form];
  return firstOf(taken && syntaxes[taken.syntax].equals ? [taken, ...ANY_PLACE] : ANY_PLACE, (own) => open(own, reply));
};

const policyOf = (t, { policy }) => t.policies[policy] || null;

// vary takes the entry's first variant whose tests hold, and then the first of some
// overrides.
const vary = (t, d, doc, overrides) => {
  const first = (rows = []) => rows.findIndex(({ when }) => holds(when, doc));
  const variants = (d.entry && d.entry.variants) || [];
  d.variant = first(variants) + 1;
  if (d.variant > 0) {
    const { action, category = "", effect = "none", fix = "", policy } = variants[d.variant - 1];
    Object.assign(d, { action, category, effect, fix, policy: policyOf(t, { policy }) });
  }
  d.override = first(overrides) + 1;
  if (d.override > 0) {
    const own = overrides[d.override - 1];
    // A stop adds to an entry that stops only what that does not say.
    const [before, after] = own.action === "fail" && STOPPING.includes(d.action) ? [d, own] : [own, d];
    const said = {};
    for (const key of ["action", "category", "fix"]) said[key] = before[key] || after[key];
    Object.assign(d, said);
    d.policy = WAITING.includes(d.action) ? policyOf(t, own) || d.policy : null;
  }
};

const SENT = ["timeout", "connection", "canceled"];

// decideFailure decides where there was no reply. A cancelled call is never made
// again, whatever the table says. What was never sent has had no effect.
const decideFailure = (t, { failure, operation, sent }) => {
  const entry = t.transport.get(failure);
  const d = decision(t, operation || "", "transport", entry, { known: entry !== undefined, failure });
  vary(t, d, { body: "", syntax: syntaxes.header, reply: { status: 0, headers: [], operation: d.operation } }, []);
  if (failure === "canceled") Object.assign(d, { action: "fail", policy: null });
  if (sent === false) d.effect = "none";
  else if (SENT.includes(failure)) d.effect = "maybe";
  return d;
};

const decideReply = (t, reply, now) => {
  const found = readReply(t, reply);
  const d = judge(t, reply, found, now);
  return t.notes ? note(t, d, reply, found.listed) : d;
};

const judge = (t, reply, { reading, listed, prefixed, pending }, now) => {
  const { status, operation } = reply;
  const [exact, group] = [t.statuses.get(status), t.classes.get(classOf(status))];
  const ok = (entry) => isOK(entry, operation);
  const pick = (entries, success) => entries.find((entry) => entry && ok(entry) === success);
  const covered = listed !== undefined || prefixed !== undefined;
  const own = { status, code: reading.code, also: reading.also, reading };
  const make = (source, entry, known) => decision(t, operation, source, entry, { ...own, known });

  const statusSucceeds = status < 400 && !t.testsOK && !reading.failed && !prefixed && (!listed || ok(listed)) && ok(exact || group);
  if (reading.success || statusSucceeds) {
    const entry = pick([listed, exact, group], true);
    const d = make("success", entry, reading.success || !reading.code || listed !== undefined);
    const isResult = reading.success && entry !== listed;
    return { ...d, action: "ok", code: isResult ? "" : d.code };
  }
  const entry = pick([listed, prefixed, exact, group], false);
  const rest = reading.code ? "unknown" : "unrecognised";
  const d = entry ? make(entry.kind, entry, !reading.code || covered) : make(rest, pick([t[rest]], false), false);
  d.undecided = reading.cut && d.source === "unrecognised" && status < 400 && (pending || !(reading.denied || reading.failed));
  if ((d.entry && d.entry.variants) || t.overrides.length > 0) vary(t, d, openAny(t, reply, reading), t.overrides);
  if (WAITING.includes(d.action) && d.policy) d.serverDelay = serverDelay(t, d, reply, now);
  return d;
};

// ---- Delays

// serverDelay returns the first delay that the reply gives, or null. A place that
// holds zero, a past time or nothing readable lets the next one speak.
const serverDelay = (t, d, reply, now) => {
  let asked = null;
  for (const place of placesOf(t, d)) {
    const delay = parseDelay(place, textOf(t, place, d, reply), reply, now);
    if (delay > 0) return delay / NS;
    if (delay === 0) asked = 0;
  }
  return asked;
};

// placesOf returns the places for delays of the override, the variant, the entry or
// the table: the first of these that has some.
const placesOf = (t, { override, variant, entry }) => {
  const rows = [t.overrides[override - 1], variant > 0 ? entry.variants[variant - 1] : undefined, entry, t];
  return rows.find((row) => row && row.delays).delays;
};

const textOf = (t, { header, code, at }, d, reply) => {
  if (header) return fieldOf(reply.headers, header);
  if (code) {
    const own = Array.from(d.code);
    const length = Array.from(toText(code)).length;
    const start = toBytes(own.slice(0, length).join(""));
    return t.fold(start) === t.fold(code) ? trimSpace(toBytes(own.slice(length).join(""))) : "";
  }
  const opened = syntaxes.json.open(reply, reply.body, isInArray(at));
  return opened ? memberText(membersAt(opened.root, at)[0]) : "";
};

// A number of seconds over LONGEST_NUMBER looks like a time since 1970. In
// Retry-After, where only a number of seconds can stand, it does so up to the year
// 2100.
const LONGEST_NUMBER = 1e18;
const YEAR_2100 = 4102444800e9;

// parseDelay reads a text as the delay that it is said to be. What can't be read is
// undefined, and so is nothing.
const parseDelay = ({ header, unit_ms, as, decimal }, text, reply, now) => {
  const unit = Math.round(unit_ms * NS);
  if (!text) return undefined;
  if (as === "ratelimit") return parseRateLimit(text);
  const clock = () => parseDate(linesOf(reply.headers, "Date")[0] || "") ?? now;
  if (as === "time") return parseTime(text, unit, clock());
  const isRetryAfter = header !== undefined && header.toLowerCase() === "retry-after";
  const number = isRetryAfter && !decimal ? parseDigits(text, unit) : header && /[eE]/.test(text) ? undefined : parseDecimal(text, unit);
  if (number !== undefined) return number > LONGEST_NUMBER && !(isRetryAfter && number >= YEAR_2100) ? undefined : number;
  const date = header ? parseDate(text) : undefined;
  if (date !== undefined) return saturate((date - clock()) * NS);
  return isRetryAfter ? undefined : parseDuration(text);
};

const A_HUNDRED_YEARS = 36500 * 86400e9;

// parseTime reads a point in time: a number of units since 1970, a date of RFC 3339
// or one of HTTP. One over a hundred years ahead is in another unit.
const parseTime = (text, unit, now) => {
  const since = parseSince(text, unit);
  if (since === undefined) return undefined;
  const delay = saturate(Number(since - BigInt(Math.round(now)) * BigInt(NS)));
  return delay > A_HUNDRED_YEARS ? undefined : delay;
};

const parseSince = (text, unit) => {
  if (/^[0-9]{1,19}$/.test(text)) return BigInt(text) * BigInt(unit);
  const number = parseDecimal(text, unit);
  if (number !== undefined) return BigInt(number);
  const found = RFC_3339.exec(text);
  const date = found ? dateOf(found.groups, Number(found.groups.month) - 1) : parseDate(text);
  if (date === undefined || !found) return date === undefined ? undefined : BigInt(date) * BigInt(NS);
  const { sign, hours = "0", minutes = "0", fraction = "" } = found.groups;
  if (Number(hours) > 24 || Number(minutes) > 60) return undefined;
  const offset = (Number(hours) * 60 + Number(minutes)) * (sign === "-" ? -60000 : 60000);
  return BigInt(date - offset) * BigInt(NS) + BigInt((fraction + "000000000").slice(0, 9));
};

// parseRateLimit reads a RateLimit field (draft-ietf-httpapi-ratelimit-headers): the
// longest t of the items whose r is 0, but for one that looks like a time since 1970.
const parseRateLimit = (text) => {
  let longest;
  for (const item of cutItems(text, ",")) {
    const parameters = new Map(cutItems(item, ";").slice(1).map((parameter) => /^([^=]*)=?([^]*)$/.exec(trimSpace(parameter)).slice(1)));
    const wait = parseDigits(parameters.get("r") || "", 1) === 0 ? parseDigits(parameters.get("t") || "", 1e9) : undefined;
    if (wait <= LONGEST_NUMBER && !(wait < longest)) longest = wait;
  }
  return longest;
};

// cutItems splits a structured field (RFC 9651) at what is not in a string.
const cutItems = (text, separator) => {
  const items = [""];
  for (const part of text.match(/"(?:[^"\\]|\\[^])*(?:"|\\?$)|[^"]/g) || []) {
    if (part === separator) items.push("");
    else items[items.length - 1] += part;
  }
  return items;
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

const RFC_3339 = new RegExp(
  "^(?<year>[0-9]{4})-(?<month>[0-9]{2})-(?<day>[0-9]{2})T(?<hour>[0-9]{1,2}):(?<minute>[0-9]{2}):(?<second>[0-9]{2})" +
    "(?:[.,](?<fraction>[0-9]+))?(?:Z|(?<sign>[+-])(?<hours>[0-9]{2}):(?<minutes>[0-9]{2}))$",
);

// parseDate returns the time of an HTTP date in its three forms, in milliseconds.
const parseDate = (text) => {
  const found = firstOf(DATES, (date) => date.exec(text) || undefined);
  if (!found) return undefined;
  const { zone = "GMT", month } = found.groups;
  return zone === zone.toUpperCase() ? dateOf(found.groups, MONTHS.indexOf(month.toLowerCase())) : undefined;
};

// dateOf returns the time of what is written, or undefined where there is no such.
const dateOf = (groups, month) => {
  const [year, day, hour, minute, second] = ["year", "day", "hour", "minute", "second"].map((name) => Number(groups[name]));
  const full = groups.year.length > 2 ? year : year + (year >= 69 ? 1900 : 2000);
  if (hour > 23 || minute > 59 || second > 59) return undefined;
  const date = new Date(0);
  date.setUTCFullYear(full, month, day);
  if (date.getUTCMonth() !== month || date.getUTCDate() !== day) return undefined;
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

export { TABLE, read, decide, redact, resend, bounds, policyBounds };
