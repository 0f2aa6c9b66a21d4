// Matches, and what a text holds of each entry.

// What of an entry a text holds.
const [BY_KEY, BY_CODE, BY_MESSAGE, BY_REPLY, BY_NUMBER] = [0, 1, 2, 3, 4];

const candidate = (confidence, entry, reason, at = 0, distance = 0, by = BY_KEY) => ({
  confidence, entry, reason, fit: 0, at, distance, by, turn: 0, unnamed: 0, leads: 1, example: 0, past: 0, quoted: 0,
});

// normal says how much an entry is what normally happens.
const normals = new Map([["ok", 2], ["wait_poll", 1]]);
const normal = ({ entry, decision }) => normals.get(decision ? decision.action : entry.action) || 0;

const compare = (a, b) =>
  a.leads - b.leads ||
  a.confidence - b.confidence ||
  b.example - a.example ||
  a.past - b.past ||
  a.quoted - b.quoted ||
  normal(a) - normal(b) ||
  a.entry.kind - b.entry.kind ||
  a.fit - b.fit ||
  a.distance - b.distance ||
  a.turn - b.turn ||
  a.unnamed - b.unnamed ||
  a.entry.shown.index - b.entry.shown.index;

const findTitles = (t) => {
  const found = { apis: new Set(), lasts: new Map(), ends: new Set() };
  titles.walkAll(t, isTitleGap, (apis, i, j) => {
    for (const api of apis) found.apis.add(api);
    found.lasts.set(i, Math.max(found.lasts.get(i) || 0, j));
    found.ends.add(j);
  });
  return found;
};

const isTitleGap = (t, i) => t.starts[i + 1] - t.ends[i] <= limits.labelGap;

// afterTitles returns the first atom after the names that start with atom i.
const afterTitles = ({ lasts }, i) => {
  while (lasts.has(i)) i = lasts.get(i) + 1;
  return i;
};

const idsOf = ({ requestId, field }) => ({ requestId, field });

class Findings {
  constructor(t, asked) {
    this.text = t;
    this.titles = findTitles(t);
    this.addresses = findAddresses(t.clean);
    this.asked = asked;
    this.addressed = new Set(this.addresses.all.map(({ api }) => api));
    for (const api of this.addressed) this.titles.apis.add(api);
    if (asked) {
      this.addressed = new Set([asked]);
      this.addresses.foreign = "";
    }
    this.log = t.isLog();
    this.best = new Map();
    this.counts = new Map();
    this.parts = [];
    this.next = 0;
    this.status = false;
    this.statuses = [];
    this.proxied = [];
    this.decided = new Set();
    this.denied = new Set();
    this.told = new Set();
    this.numbers = new Map();
    this.noted = new Map(apis.map((api) => [api, { requestId: "", field: "" }]));
    this.redact = [];
  }

  // note keeps what a reply says for support, and what in it is secret.
  note({ api, reply, decision: { requestId, field } }) {
    const own = this.noted.get(api);
    this.noted.set(api, { requestId: own.requestId || requestId, field: own.field || field });
    if (api.table.secret) this.redact.push((text) => redact(api.table, reply, text));
  }

  // addReply adds what classifiers take for a reply, which is a part of the text
  // as it was pasted.
  addReply({ part: pasted, leads, known, reply }, told, found) {
    if (found.length === 0 && !known) return;
    const own = { entries: found.map(({ entry }) => entry), most: found.some(({ confidence }) => confidence === EXACT) ? LIKELY : GUESS, from: 0, status: reply ? reply.status : 0 };
    const part = trimSpace(toBytes(clean(toText(pasted))));
    if (part) {
      const from = [this.next, 0].map((next) => this.text.clean.indexOf(part, next)).find((at) => at >= 0);
      if (from !== undefined) own.from = from;
      if (from !== undefined && told) {
        this.next = from + 1;
        this.parts.push({ ...own, to: from + part.length });
      }
    }
    for (const c of found) this.add({ ...c, reply: true, by: BY_REPLY, at: own.from, leads: leads && !c.unsure ? 0 : 1 });
  }

  add(found) {
    const { entry, reply, at } = found;
    if (isSuccess(entry) && !reply && (this.status || !isAlone(entry))) return;
    if (isStatusKind(entry.kind) && !reply) {
      if (this.addressed.size > 0 && !this.addressed.has(entry.api)) return;
      if (this.repeatsReply(found)) return;
      this.doubtHost(found);
    }
    for (const { from, to, entries, most } of reply ? [] : this.parts) {
      if (from <= at && at < to && !entries.includes(entry)) found.confidence = Math.max(found.confidence, most);
    }
    if (!this.titles.apis.has(entry.api)) {
      found.unnamed = 1;
      if (found.by === BY_MESSAGE && this.titles.apis.size > 0) found.confidence = GUESS;
    }
    if (this.text.isQuoted(at)) found.quoted = 1;
    found.turn = this.log ? -at : at;
    this.count(found);
    if (found.status) file(this.numbers, entry, found.status);
    const old = this.best.get(entry);
    const [best, rest] = old && compare(found, old) >= 0 ? [old, found] : [found, old];
    if (rest && rest.decision && !best.decision) Object.assign(best, { decision: rest.decision, reply: true });
    this.best.set(entry, best);
  }

  // repeatsReply reports whether a status is that of a reply in the text, which is another
  // entry's.
  repeatsReply({ entry, at, status }) {
    return this.parts.some((p) => p.entries.length > 0 && p.status === status && p.from - limits.before <= at && at < p.to && !p.entries.includes(entry));
  }

  // count counts what a text holds of an entry, once at each place.
  count({ entry, by, at }) {
    if (!this.counts.has(entry)) this.counts.set(entry, [0, 0, 0, 0, 0].map(() => ({ times: 0, last: NONE })));
    const own = this.counts.get(entry)[by];
    if (own.times > 0 && (by === BY_KEY || own.last === at)) return;
    own.times++;
    own.last = at;
  }

  // doubtHost makes what is told by a status alone a guess where the text says that
  // another host was called.
  doubtHost(found) {
    const { foreign } = this.addresses;
    const { api } = found.entry;
    if (!foreign || api.hosts.length === 0) return;
    found.confidence = GUESS;
    found.reason = because("notAddress", found.reason, foreign, named(api));
  }

  // isReason reports whether a message is the reason phrase of a status that the text
  // holds, and so tells no more than that.
  isReason({ by, decision, letters }) {
    return by === BY_MESSAGE && !decision && this.statuses.some((status) => phrases(status).includes(letters));
  }

  // isSettled reports whether the replies in the text tell the verdict, whatever else stands
  // in it: all that is decided is exact, by more than the status, and what the text is about. Where the status is not
  // known, what else the text holds counts as much, unless it is in the reply.
  isSettled() {
    const all = Array.from(this.best.values());
    const isWhole = this.parts.some(({ from, to }) => !trimSpace(this.text.clean.slice(0, from) + this.text.clean.slice(to)));
    return all.length > 0 && all.every(({ confidence, leads, decision }) => confidence === EXACT && leads === 0 && decision && !isByStatus(decision) && (decision.status !== 0 || isWhole));
  }

  matches() {
    for (const found of this.best.values()) if (this.isReason(found)) found.confidence = GUESS;
    const all = withoutEvidence(Array.from(this.best.values()).filter(({ entry }) => !this.asked || entry.api === this.asked).sort(compare), this);
    const failed = all.find(({ entry }) => !entry.ok && !isStatusKind(entry.kind) && entry.kind !== TRANSPORT);
    const isOut = ({ confidence, entry, reply, leads }) =>
      confidence > EXACT && !(reply && leads === 0) && (this.denied.has(entry.api) || (this.parts.length > 0 && !reply) || (failed !== undefined && failed.confidence <= confidence));
    return all
      .filter((found) => !(isSuccess(found.entry) && isOut(found)))
      .map((found) => decideCall(saysMessage(found, all), this.addresses))
      .map(({ confidence, entry, reason, decision }) => ({
        confidence: confidences[confidence], entry: entry.shown, ...idsOf(decision || this.noted.get(entry.api)),
        why: this.redact.reduce((text, redact) => redact(text), toText(reason.text)),
        words: reason.words.map(toText),
        count: Math.max(...this.counts.get(entry).map(({ times }) => times)),
        decision: decision ? showDecision(entry, decision) : null,
      }));
  }
}
