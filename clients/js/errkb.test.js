// What the vectors do not say: which tables are read, how replies are given, and
// how long that takes.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import vm from "node:vm";
import { TABLE, decide, read } from "./decide.js";

const load = (name) => readFileSync(new URL(name, import.meta.url), "utf8");

const headerForm = { syntax: "header", code: [["X-Error"]] };

test("the package's first number is the version of its tables", () => {
  assert.equal(JSON.parse(load("package.json")).version.split(".")[0], String(TABLE));
  assert.match(load("index.d.ts"), new RegExp(`export const TABLE: ${TABLE};`));
});

test("a table is refused that could mean what is not known here", () => {
  const row = { code: "A", action: "fail" };
  for (const change of [
    { table: 1 },
    { table: 3 },
    { table: undefined },
    { forms: [{ syntax: "yaml" }] },
    { forms: [{ syntax: "toString" }] },
    { forms: [{ syntax: "json", ok: [{ kind: "sounds_like" }] }] },
    { forms: [{ syntax: "json", fail: [{ kind: "not", tests: [{ kind: "toString" }] }] }] },
    { forms: [{ syntax: "json", in: "zip" }] },
    { delays: [{ header: "X-Wait", unit_ms: 1000, as: "dog_years" }] },
    { overrides: [{ when: [], action: "panic" }] },
    { codes: [{ ...row, action: "panic" }] },
    { codes: [{ ...row, effect: "surely" }] },
    { codes: [{ ...row, by_operation: [{ operation: "a", action: "panic" }] }] },
    { codes: [{ ...row, variants: [{ when: [], action: "panic" }] }] },
    { codes: [{ ...row, variants: [{ when: [], action: "fail", effect: "surely" }] }] },
    { codes: [{ ...row, variants: [{ when: [{ kind: "sounds_like" }], action: "fail" }] }] },
    { codes: [{ ...row, delays: [{ header: "X-Wait", unit_ms: 1000, as: "dog_years" }] }] },
    { policies: [{ growth: "fibonacci" }] },
  ]) {
    assert.throws(() => decide({ table: TABLE, api: "a", ...change }, {}), RangeError, JSON.stringify(change));
  }
});

test("an entry has the address of its page, if the table has it", () => {
  const row = { code: "A", action: "fail" };
  const url = "https://errors.example.com/c/a/a.html";
  const at = (codes) => decide({ table: TABLE, api: "a", forms: [headerForm], codes }, { headers: { "X-Error": "A" } }).entry.url;
  assert.equal(at([{ ...row, url }]), url);
  assert.equal(at([row]), undefined);
});

test("a key that is not known here decides nothing", () => {
  const table = { table: TABLE, api: "a", colour: "red", forms: [{ ...headerForm, colour: "red" }] };
  assert.equal(decide(table, {}).action, "fail");
});

test("a header is Headers, a Map, pairs or an object", () => {
  const table = { table: TABLE, api: "a", forms: [headerForm] };
  const pairs = [["x-error", "A"]];
  for (const headers of [new Headers(pairs), new Map(pairs), pairs, { "X-Error": "A" }, { "x-error": ["A", "B"] }]) {
    assert.equal(read(table, { headers }).code, "A");
  }
  for (const headers of [undefined, null, {}, { "x-error": undefined }, { "x-error": [] }, { "x-error": "" }]) {
    assert.equal(read(table, { headers }).code, "");
  }
});

test("a body is a text, bytes or nothing", () => {
  const table = { table: TABLE, api: "a", forms: [{ syntax: "text", code: [[""]] }] };
  const bytes = new TextEncoder().encode("é");
  for (const body of ["é", bytes, Buffer.from(bytes)]) assert.equal(read(table, { body }).code, "é");
  for (const body of ["", new Uint8Array(), undefined, null, "\ud800"]) assert.equal(read(table, { body }).code, "");
});

test("without a Date, the clock that is given tells how long to wait until a date", () => {
  const table = {
    table: TABLE,
    api: "a",
    delays: [{ header: "Retry-After", unit_ms: 1000 }],
    statuses: [{ code: "503", action: "retry", policy: 0 }],
    policies: [{ growth: "constant", base_ms: 1000, retries: 1 }],
  };
  const asked = (date) => ({ status: 503, headers: { "Retry-After": date.toUTCString() } });
  assert.equal(decide(table, asked(new Date(1795255230000)), 1795255200000).serverDelay, 30000);
  const { serverDelay } = decide(table, asked(new Date(Date.now() + 100000)));
  assert.ok(serverDelay > 50000 && serverDelay <= 100000, String(serverDelay));
});

test("no body takes longer than its length explains", () => {
  const forms = ["json", "xml", "text", "header"].map((syntax) => ({ syntax, code: [["a"]] }));
  const table = { table: TABLE, api: "a", fold: true, forms, delays: [{ header: "X-Wait", unit_ms: 1000 }, { at: ["a"], unit_ms: 1 }] };
  const n = 65000;
  const bodies = ["[", '{"a":', '"\\', "<a>", "<a:", "<!<", "<a a='' ", "&", "\u2003", "1", "\\u00e9"].map((part) => part.repeat(n / part.length));
  for (const body of bodies.concat("<a>" + "&".repeat(n), "<a " + "a='' ".repeat(13000), '"' + "\\".repeat(n), "a" + " ".repeat(n))) {
    const start = process.cpuUsage().user;
    decide(table, { status: 503, headers: { "X-Wait": "1".repeat(n) + "x" }, body });
    assert.ok(process.cpuUsage().user - start < 5e6, body.slice(0, 10));
  }
});

test("the file stands in a classic script without its last line", () => {
  const source = load("decide.js").trimEnd().split("\n");
  assert.match(source.pop(), /^export \{ [\w, ]+ \};$/);
  const sandbox = vm.createContext({ TextEncoder, TextDecoder });
  const table = JSON.stringify({ table: TABLE, api: "a" });
  assert.equal(vm.runInContext(`(() => { ${source.join("\n")}\nreturn decide(${table}, {}).action; })()`, sandbox), "fail");
});
