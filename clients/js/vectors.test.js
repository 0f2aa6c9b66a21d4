// The vectors of spec/vectors, which every port of the interpreter answers alike.
import assert from "node:assert/strict";
import { readFileSync, readdirSync } from "node:fs";
import { test } from "node:test";
import { TABLE, bounds, decide, policyBounds, read, redact, resend } from "./decide.js";

const load = (name) => JSON.parse(readFileSync(new URL("../../spec/vectors/" + name, import.meta.url)));

const names = readdirSync(new URL("../../spec/vectors/", import.meta.url)).filter((name) => name.endsWith(".table.json"));
const tables = Object.fromEntries(names.map(load).map((table) => [table.api, table]));

// replyOf returns the reply of a vector: its body may be in parts, or in base64.
const replyOf = ({ body, body_base64, ...reply }) => {
  if (body_base64 !== undefined) return { ...reply, body: Uint8Array.from(atob(body_base64), (c) => c.charCodeAt(0)) };
  const parts = [body ?? ""].flat().map((part) => (typeof part === "string" ? part : part.repeat.repeat(part.times)));
  return { ...reply, body: parts.join("") };
};

// each runs a test for each vector of a file, named by its rule and its place.
const each = (name, run) => load(name).forEach((vector, i) => test(`${name} ${i}: ${vector.holds}`, () => run(vector)));

const noReading = { form: -1, success: false, test: -1, weak: false, failed: false, denied: false, code: "", also: "", place: -1, cut: false };

each("read.json", ({ table, reply, reading }) => {
  assert.deepEqual(read(tables[table], replyOf(reply)), { ...noReading, ...reading });
});

const noDecision = { code: "", also: "", variant: 0, override: 0, request_id: "", field: "", undecided: false, known: false, category: "", entry: null, effect: "none", server_delay_ms: null, waits_ms: [] };

each("decide.json", ({ table, reply, decision }) => {
  const want = { ...noDecision, ...decision };
  const d = decide(tables[table], replyOf(reply));
  const { source, action, code, also, variant, override, requestId, field, undecided, known, category, effect } = d;
  const entry = d.entry && { kind: d.entry.kind, code: d.entry.code };
  const waits_ms = want.waits_ms.map((_, retry) => bounds(d, retry));
  assert.deepEqual({ source, action, code, also, variant, override, request_id: requestId, field, undecided, known, category, effect, entry, server_delay_ms: d.serverDelay, waits_ms }, want);
  if (want.waits_ms.length === 0) assert.equal(bounds(d, 0), null);
});

each("redact.json", ({ table, reply, text, redacted }) => {
  assert.equal(redact(tables[table], replyOf(reply), text), redacted);
});

each("resend.json", ({ table, reply, attempt, policy, retry, delay_ms, ...want }) => {
  if (policy) return assert.deepEqual(policyBounds(policy, retry, delay_ms), want.bounds_ms);
  const { again, shortest, longest, reason } = resend(tables[table], decide(tables[table], replyOf(reply)), attempt);
  assert.deepEqual(again ? { again, shortest_ms: shortest, longest_ms: longest } : { again, reason }, want.resend);
});
