// Replies in a text.

const findReply = (pasted, t, f) => {
  pasted = pasted.replace(/\r\n/g, "\n");
  const views = Array.from(new Set([pasted, dropQuoteMarks(pasted), t.clean]));
  views.some((view) => findExample(view, f));
  views.forEach((view) => findText(view, f));
  if ([findMessages, findDocument].some((find) => views.some((view) => find(view, f)))) return;
  for (const word of markedWords(t.clean)) decideText(trimEnd(word, ".,;:!?)"), false, f);
};

const MARKED_WORD = new RegExp(tables.markedWord, "g");
const markedWords = (text) => {
  if (!text.includes("|")) return [];
  const lines = text.split("\n").filter((line) => line.includes("|"));
  return lines.flatMap((line) => Array.from(line.matchAll(MARKED_WORD), ([, word]) => word)).slice(0, limits.objects);
};

const exampleKeys = (view) => {
  const full = head(trimSpace(view), limits.example);
  const [found] = messages(view);
  const body = found && trimBody(toBytes(found.reply.body));
  return body ? [full, head(found.reply.status + "\n" + body, limits.example)] : [full];
};

const findExample = (view, f) => {
  const key = examples.size > 0 && exampleKeys(view).find((key) => examples.has(key));
  if (key === false || key === undefined) return false;
  const [{ reply } = { reply: bare(trimBody(view)) }] = messages(view);
  const found = [];
  for (const { index, operation } of examples.get(key)) {
    const entry = all[index] || giveUp();
    const d = weigh(entry.api, { ...reply, operation });
    if (d.entry !== entry || (f.asked && f.asked !== entry.api)) continue;
    found.push({ ...decided(d, EXACT), reason: because("example"), example: 1 });
  }
  f.addReply({ part: view, leads: true, reply }, true, found);
  return found.length > 0;
};

const findMessages = (view, f) => {
  let found = false;
  for (const [i, r] of messages(view).entries()) {
    f.status = f.status || r.reply.status !== 0;
    const known = decide(cutBody({ ...r, leads: i === 0 }, f), f);
    found = found || known || r.reply.status !== 0;
  }
  return found;
};

const bare = (body) => newReply(0, {}, body);

// cutBody cuts from a body what somebody wrote below it.
const cutBody = (r, f) => {
  const body = trimBody(toBytes(r.reply.body));
  const isData = "{[".includes(body[0]);
  let end = body.length;
  if (isData && !isJSON(body)) end = documentEnd(body, 0);
  else if (body[0] === "<") end = body.lastIndexOf(">") + 1;
  else if (body && !isData && body.includes("\n\n")) end = body.indexOf("\n\n");
  if (end <= 0 || !BELOW_DOCUMENT.test(body.slice(end))) return r;
  const short = { ...r, reply: { ...r.reply, body: toText(body.slice(0, end)) } };
  return !isData && (knowsReply(r, f) || (body[0] !== "<" && !knowsReply(short, f))) ? r : short;
};

const BELOW_DOCUMENT = new RegExp(tables.belowDocument);

const findDocument = (view, f) => {
  const body = trimBody(view);
  if (!body) return false;
  const start = view.indexOf(body);
  if (body[0] === "[" && isJSON(body)) return findObject(body, view, start, start + body.length, true, false, f);
  if (body[0] === "<") {
    const r = { reply: bare(body), part: body, at: start, whole: true, leads: true };
    if (!knowsReply(r, f)) {
      r.reply.status = titledStatus(body);
      r.inside = true;
      f.status = f.status || r.reply.status !== 0;
    }
    return decide(r, f);
  }
  if (!/[ \n\t]/.test(body) && !"{\"'".includes(body[0]) && decideText(body, true, f)) return true;
  let found = false;
  let at = start;
  let outer = 0;
  for (let tries = 0; tries < limits.objects && (at = view.indexOf("{", at)) >= 0; tries++) {
    const [object, end] = readObject(view, at);
    const known = end > at && findObject(object, view, at, end, at === start && end - at === body.length, at < outer, f);
    found = found || known;
    if (!known) outer = Math.max(outer, end);
    at = known ? end : at + 1;
  }
  return found;
};

// readObject returns the object that starts at a place of a text, in JSON, and where
// it ends, or that place for none. In a JSON string, quotes stand behind backslashes.
const readObject = (text, start) => {
  const end = documentEnd(text, start);
  const part = text.slice(start, end);
  if (end > start && isJSON(part)) return [part, end];
  if (start > 0 && text[start - 1] === '"' && text.startsWith('{\\"', start)) {
    const close = stringEnd(text, start);
    const quoted = text.slice(start - 1, close + 1);
    const object = close > start && isJSON(quoted) ? toBytes(JSON.parse(toText(quoted))) : "";
    if (object && isJSON(object)) return [object, close];
  }
  return later.readPrinted(text, start);
};

// stringEnd returns where the JSON string ends that a place of a text is in, or that
// place.
const stringEnd = (text, start) => {
  for (let i = start; i < text.length; i++) {
    if (text[i] === "\\") i++;
    else if (text[i] === '"') return i;
  }
  return start;
};

// findObject takes an object in a text for a reply, or for what a program keeps of a
// call.
const findObject = (object, view, from, to, whole, inner, f) => {
  const part = view.slice(from, to);
  const own = { reply: bare(object), part, at: from, whole, leads: whole };
  const calls = later.recordedCalls(object, own, f);
  if (calls.length > 0 && !knowsReply(own, f)) {
    let known = false;
    calls.forEach((call, i) => {
      f.status = f.status || call.reply.status !== 0;
      known = decide({ ...own, ...call, whole: true, leads: whole && i === 0 }, f) || known;
    });
    return known || whole;
  }
  if (!whole && !inner) {
    own.reply.status = statusBefore(view.slice(Math.max(0, from - limits.before), from)) || statusAfter(view.slice(to, to + limits.before));
  }
  if (own.reply.status === 0 && !inner && !knowsReply(own, f)) {
    own.reply.status = statusInside(object);
    own.inside = true;
  }
  f.status = f.status || own.reply.status !== 0;
  return decide(own, f);
};

// statusInside returns the status of an error that an object names among its members.
const statusInside = (object) => {
  const status = later.recordedStatus(JSON.parse(toText(object)));
  return status >= 400 && status < 600 ? status : 0;
};

const STATUS_TITLE = new RegExp(tables.statusTitle, "g");

// titledStatus returns the status of an error that a page of a server has in its title.
const titledStatus = (page) => {
  for (const [, number, rest] of head(page, limits.title).matchAll(STATUS_TITLE)) {
    const letters = squash(rest);
    if (isOneOf(rest[0], ":)<") || phrases(number).some((reason) => letters.startsWith(reason))) return Number(number);
  }
  return 0;
};

const STATUS_AHEAD = new RegExp(tables.statusAhead, "g");
const STATUS_DIRECTLY = new RegExp(tables.statusDirectly);

const statusBefore = (text) => {
  const found = Array.from(text.slice(text.lastIndexOf("\n") + 1).matchAll(STATUS_AHEAD)).pop();
  if (found) return digits(found[1]);
  const last = STATUS_DIRECTLY.exec(text);
  return last ? digits(last[1] || last[2] || last[3] || last[4]) : 0;
};

const STATUS_BEHIND = new RegExp(tables.statusBehind);

// statusAfter returns the status that stands directly behind a reply, or 0.
const statusAfter = (text) => {
  const found = STATUS_BEHIND.exec(text);
  return found ? digits(found[1] || found[2]) : 0;
};
