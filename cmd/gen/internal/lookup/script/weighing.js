// What an API decides on a reply, and how sure that is.

const isJSON = (s) => {
  try {
    JSON.parse(toText(s));
    return true;
  } catch {
    return false;
  }
};

const newReply = (status, headers, body) => ({ status, headers, body: toText(body) });

const trimBody = (body) => trimSpace(cutPrefix(body, byteOrderMark));

const classOf = (status) => Math.floor(status / 100);

// weigh returns what an API decides on a reply, with what speaks for that.
const weigh = (api, reply, sure = false) => {
  const decision = classify(api.table, reply);
  const { source, entry, code, reading } = decision;
  const d = { api, reply, decision, sure, status: reply.status, source: tables.kinds[source], entry: entry ? entry.own : undefined, code: toBytes(code) };
  const isSuccess = d.source === SUCCESS;
  const isTold = (reading.success && !reading.weak) || (d.entry && d.entry.kind === CODE);
  d.denied = reading.denied && !isSuccess;
  d.deniesParts = reading.denied && !(isSuccess && isTold);
  d.knows = d.source === CODE || d.source === PREFIX || (isSuccess && isTold);
  if (isSuccess && reply.status === 0) d.entry = d.entry || api.success;
  return d;
};

// weighAll asks the APIs that a reply may be of.
const weighAll = ({ address, at = 0, reply }, f) => {
  let [own, operation] = whoseBefore(address ? findAddresses(toBytes(address)) : f.addresses, at);
  if (f.asked && own !== f.asked) [own, operation] = [f.asked, ""];
  return apis
    .filter((api) => !own || own === api)
    .map((api) => weigh(api, own === api ? { ...reply, operation } : reply, own === api || apis.length === 1));
};

const knowsReply = (r, f) => weighAll(r, f).some(({ knows }) => knows);

const decided = (d, confidence) => ({ ...candidate(confidence, d.entry, why(d)), decision: d.decision });

const isStatusKind = (kind) => kind === STATUS || kind === CLASS;
const isSuccess = ({ kind, ok }) => ok && isStatusKind(kind);

// trust returns how sure a verdict on a reply is that some API knows.
const trust = ({ knows, source }, whole) => (!knows ? NONE : source === SUCCESS && !whole ? LIKELY : EXACT);

// doubt returns how sure a verdict on a reply is that no API knows.
const doubt = ({ source, status, denied, sure }, byAny, whole) => {
  if (isStatusKind(source)) return EXACT;
  if (source === SUCCESS) return status !== 0 && !byAny ? EXACT : NONE;
  if (denied && (status !== 0 || source === UNKNOWN)) return LIKELY;
  if (sure && status !== 0) return LIKELY;
  return (sure && whole) || (!byAny && status !== 0) ? GUESS : NONE;
};

const why = ({ api, status, code, entry, source, denied }) => {
  if (source === CODE) return code === entry.key ? because("replyCode", code) : because("replyAlias", code, entry.key);
  if (source === PREFIX) return because("replyStart", entry.key);
  if (source === SUCCESS) return because("replySuccess");
  if (isStatusKind(source)) return because("replyStatus", String(status));
  if (source === UNRECOGNISED) return denied ? because("neitherLike", named(api)) : because("neither");
  const own = shortTo(toBytes(clean(toText(code))), limits.code);
  return denied ? because("unlistedLike", named(api), own) : because("unlisted", own);
};

const file = (map, key, value) => {
  if (map.has(key)) map.get(key).push(value);
  else map.set(key, [value]);
};
