// What is told by a status or a failed call alone, and what by more.

const isNumber = (code) => /^[+-]*[0-9]+(?:\.[0-9]+)?$/.test(code);
const isReasonPhrase = (letters) => Object.values(tables.phrases).some((all) => all.includes(letters));
const isNamed = ({ entry, by, letters }) => (by === BY_MESSAGE ? !isReasonPhrase(letters) : (entry.kind === CODE || entry.kind === PREFIX) && !isNumber(entry.key));
const isByStatus = ({ source }) => isStatusKind(tables.kinds[source]);

// isBare reports whether a match rests on nothing but a status or a failed call.
const isBare = ({ entry, decision, example }, f) =>
  (isStatusKind(entry.kind) || entry.kind === TRANSPORT) && !example && !f.counts.get(entry)[BY_MESSAGE].times && (!decision || isByStatus(decision));

// withoutEvidence leaves out what is bare and not another error.
const withoutEvidence = (all, f) => {
  const codes = all.filter(isNamed);
  const isOwned = ({ entry: { api } }) => f.titles.apis.has(api) || f.told.has(api);
  const owned = all.filter(isOwned);
  const isOwn = (c) => isOwned(c) || (c.leads > 0 && codes.some((own) => own.entry.api === c.entry.api && names(own, c)));
  const names = (own, { confidence }) => (own.past ? LIKELY : own.confidence) <= confidence;
  const isOthers = (c) => !isOwn(c) && (owned.length > 0 || (c.leads > 0 && codes.some((own) => names(own, c))));
  const proves = (c) => (own) => own.entry.api === c.entry.api && own.past <= c.past && own.quoted <= c.quoted && own.confidence <= c.confidence;
  const isProof = (c) => {
    const numbers = f.numbers.get(c.entry);
    if (c.decision || !numbers) return false;
    const statuses = codes.filter(proves(c)).flatMap(({ entry }) => entry.statuses);
    return numbers.every((status) => statuses.includes(status));
  };
  return all.filter((c) => !isBare(c, f) || !(isOthers(c) || isProof(c)));
};

// saysMessage says of what is decided by the status of a reply which code's message it has.
const saysMessage = (c, all) => {
  const { entry, decision, example } = c;
  const own = decision && isByStatus(decision) && !example && all.find((o) => o.by === BY_MESSAGE && isNamed(o) && o.entry.api === entry.api && o.entry.statuses.includes(decision.status));
  return own ? { ...c, reason: because("replyMessage", String(decision.status), own.entry.key) } : c;
};

// decideCall decides on a status or a failed call in the operation that an address is of,
// and on a call that was not sent in any.
const decideCall = (c, addresses) => {
  const { entry, status, decision, unsent } = c;
  const [own, named] = whoseBefore(addresses, c.at);
  const operation = own === entry.api ? named : "";
  const failure = entry.kind === TRANSPORT && entry.shown.code;
  if (decision || !(operation || unsent) || isSuccess(entry) || !(failure || status)) return c;
  const d = classify(entry.api.table, failure ? { failure, operation, sent: !unsent } : { status, operation });
  return d.entry && d.entry.own === entry ? { ...c, decision: d } : c;
};
