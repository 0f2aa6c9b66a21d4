// What is decided on a reply, in words.

// showDecision returns a decision on a reply in its published form, with the place of
// the verdict's card and what it comes to in words, as say.Decide says.
const showDecision = (entry, d) => {
  const { table } = entry.api;
  const next = resend(table, d);
  const wait = d.policy && d.policy.retries ? bounds(d, 0) : null;
  return {
    operation: d.operation, status: d.status, source: d.source, code: d.code, also: d.also, known: d.known, action: d.action,
    variant: d.variant, override: d.override, effect: d.effect, undecided: d.undecided,
    wait_ms: wait && wait.map(inMilliseconds), server_delay_ms: d.serverDelay === null ? null : inMilliseconds(d.serverDelay),
    card: cardOf(entry, d), again: next.again, stop: next.again || d.action === "ok" ? "" : tables.reasons[next.reason], said: say(entry, d, next),
  };
};

const inMilliseconds = (ms) => Math.min(Math.round(ms), limits.longest);

// filled returns a message with values for its verbs, which may be numbered.
const fill = (key, ...values) => filled(tables.said[key], ...values);

const isWaiting = ({ action }) => action === "retry" || action === "resubmit" || action === "wait_poll";

const say = (entry, d, next) => {
  const { api } = entry;
  const title = toText(api.title);
  const row = api.says[entry.say];
  const open = next.reason === "effect" && !d.operation && !d.override && Boolean((d.variant > 0 ? row.variants[d.variant - 1] : row).depends);
  const said = { verdict: verdictOn(d, next), only: "", remedy: "", who: "", retry: "", answer: "", wait: "", notes: notesOn(entry, d) };
  if (d.override > 0 && !leaves(entry, d)) {
    const { remedy = "", who = "" } = api.server[d.override - 1];
    Object.assign(said, { remedy, who, answer: adviceOn(d), retry: next.again ? fill("retryYes", windowOf(next)) : fill("retryNo") });
  }
  if (next.reason === "server_delay") {
    const wait = inWords(d.serverDelay);
    Object.assign(said, { remedy: fill("later"), retry: fill("notNow", wait), answer: fill("answerTooLong", wait, title) });
  } else if (next.reason === "effect" && !open) {
    Object.assign(said, { retry: fill("ifCertain"), answer: fill("answerCheck") });
  }
  if (next.reason === "effect" && !said.remedy) said.only = fill("ifNot");
  const unsent = entry.kind === TRANSPORT && row.effect && d.effect === "none" && fill("unsent");
  if (unsent && next.again) Object.assign(said, { remedy: unsent, retry: fill("retryYes", windowOf(next)), answer: adviceOn(d) });
  if (said.answer) said.answer = [said.answer, unsent || causeOf(entry, title, d)].filter(Boolean).reduce((all, text) => fill("sentences", all, text));
  else if (next.again && d.serverDelay > 0) said.wait = fill("thisTime", title, inFull(Math.ceil(Math.round(d.serverDelay * 1e6) / 1e9) * 1000));
  return said;
};

// leaves reports whether the server only says to stop, where the entry says so as
// well: it then adds nothing to that.
const leaves = ({ api, say }, d) => {
  const row = api.says[say];
  const own = d.variant > 0 ? row.variants[d.variant - 1] : (row.by_operation || []).find(({ operation }) => operation === d.operation) || row;
  const stops = ({ action }) => action === "fail" || action === "fix_account";
  return api.table.overrides[d.override - 1].action === "fail" && stops(own);
};

const verdictOn = (d, next) => {
  const title = tables.actions[d.action];
  if (next.again) return fill("waits", title, windowOf(next));
  if (next.reason === "effect") return fill("check");
  if (next.reason === "server_delay") return fill("tooLong", inWords(d.serverDelay), inWords(d.policy.server_delay_max_ms || limits.serverDelay));
  return next.reason === "exhausted" ? fill("byHand", title) : title;
};

const adviceOn = (d) => {
  const key = { ok: "answerOK", wait_poll: "answerWaitPoll", fix_account: "answerFixAccount", fail: "answerFail" }[d.action];
  if (key) return fill(key);
  if (!d.policy || !d.policy.retries) return fill("answerStops");
  return fill(d.action === "resubmit" ? "answerTask" : "answerWaits");
};

const causeOf = ({ kind, shown, ok }, title, { status }) => {
  if (ok) return "";
  if (kind === TRANSPORT) return fill("causeFailure", title);
  if (kind === UNKNOWN || kind === UNRECOGNISED) return fill("causeUnknown", title);
  if (isStatusKind(kind)) return fill("causeStatus", title, String(status || shown.code));
  return shown.code ? fill("causeCode", title, shown.title) : fill("causeEmpty", title);
};

const notesOn = ({ api, say }, d) => {
  const notes = [];
  const call = api.operations.findIndex(({ name }) => name === d.operation);
  if (call >= 0) notes.push(fill("operation", api.calls[call]));
  if (d.variant > 0) notes.push(fill("variant", api.says[say].variants[d.variant - 1].if));
  if (d.override > 0) notes.push(fill("override", api.server[d.override - 1].if));
  if (d.also) notes.push(/^[ -~]*$/.test(d.also) && d.also.length <= limits.also ? fill("also", d.also) : fill("alsoOdd"));
  if (d.undecided) notes.push(fill("undecided"));
  if (d.effect === "maybe" && d.action !== "ok" && d.action !== "wait_poll") notes.push(fill("effect"));
  if (isWaiting(d) && d.policy && d.serverDelay > 0 && bounds(d, 0)) notes.push(fill("asks", inWords(d.serverDelay)));
  return notes;
};

// amountsOf splits a duration into one unit or two: numbers with the texts of their units.
const amountsOf = (ms) => {
  const [second, millisecond] = tables.units.slice(-2);
  let ns = Math.round(ms * 1e6);
  if (ns <= 0) return [["0", second]];
  ns = ns >= 1e9 ? Math.round(ns / 1e6) * 1e6 : Math.max(Math.round(ns / 1e3) * 1e3, 1e3);
  const amounts = [];
  for (const unit of tables.units) {
    const [length] = unit;
    if ((ns < length && unit !== millisecond) || (length === 864e11 && ns < 2 * length)) continue;
    if (length <= 1e9) {
      if (ns > 0) amounts.push([String(ns / length).replace(".", tables.said.decimal), unit]);
      break;
    }
    amounts.push([String(Math.floor(ns / length)), unit]);
    ns %= length;
  }
  return amounts.slice(0, 2);
};

const amountList = (amounts, text) => amounts.map(([number, unit]) => filled(text(number, unit), number)).reduce((all, text) => fill("units", all, text));

// inWords returns a duration in words, as say.Duration does.
const inWords = (ms) => amountList(amountsOf(ms), (number, unit) => unit[1]);

// inFull returns a duration with its units written out, as say.DurationInFull does.
const inFull = (ms) => amountList(amountsOf(ms), (number, unit) => unit[number === "1" ? 2 : 3]);

// windowOf returns the bounds of a wait in words, as say.Window does.
const windowOf = ({ shortest, longest }) => {
  const [from, to] = [inWords(shortest), inWords(longest)];
  if (from === to) return to;
  const [less, more] = [amountsOf(shortest), amountsOf(longest)];
  const isOneUnit = less.length === 1 && more.length === 1 && less[0][1] === more[0][1];
  return fill("range", isOneUnit || shortest <= 0 ? less[0][0] : from, to);
};
