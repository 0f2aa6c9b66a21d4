// Documents and HTTP messages in a text.

// documentEnd returns where the object or array ends that starts in a text, or
// where it starts if it does not end.
const documentEnd = (text, start) => {
  let depth = 0;
  let quoted = false;
  for (let i = start; i < text.length; i++) {
    const c = text[i];
    if (c === '"') quoted = !quoted;
    else if (quoted) i += c === "\\" ? 1 : 0;
    else if (c === "{" || c === "[") depth++;
    else if ((c === "}" || c === "]") && --depth === 0) return i + 1;
  }
  return start;
};

const inText = apis.some(({ table }) => table.forms?.some(({ syntax }) => syntax === "text"));

const findText = (view, f) => {
  const body = trimBody(view);
  if (!body || "{[<\"".includes(body[0]) || !inText) return;
  const all = weighAll({ reply: bare(body) }, f).filter(({ source, api, decision }) => source === CODE && api.table.forms[decision.reading.form].syntax === "text");
  f.addReply({ part: body }, false, all.map((d) => decided(d, LIKELY)));
};

const decideText = (body, whole, f) => {
  const all = weighAll({ reply: bare(body) }, f).filter(({ source, entry, knows }) => entry && knows && source === SUCCESS);
  f.addReply({ part: body, leads: whole }, whole, all.map((d) => decided(d, trust(d, whole))));
  return all.length > 0;
};

const decide = (r, f) => {
  const all = weighAll(r, f);
  const known = all.some(({ knows }) => knows);
  const denied = all.some((d) => d.denied);
  for (const d of all) {
    f.note(d);
    if (d.source === SUCCESS && d.knows && r.reply.status !== 0) f.decided.add(d.api.index + " " + r.reply.status);
    if (d.knows || (d.denied && !r.inside)) f.told.add(d.api);
    if (d.deniesParts) f.denied.add(d.api);
  }
  const found = [];
  let byStatus = false;
  for (const d of all) {
    const confidence = known ? trust(d, r.whole) : doubt(d, denied, r.whole);
    if (!d.entry || confidence < 0) continue;
    const c = decided(d, r.inside ? Math.max(confidence, LIKELY) : confidence);
    if (isStatusKind(d.source)) {
      byStatus = true;
      f.doubtHost(c);
    }
    c.unsure = c.confidence === GUESS && !d.sure;
    found.push(c);
  }
  f.addReply({ ...r, known }, known || (denied && !byStatus), found);
  return known;
};

// messages returns the HTTP messages of a text, the last first.
const messages = (view) => {
  const all = [];
  if (!view.includes(":") && !view.includes("HTTP/")) return all;
  const lines = view.split("\n");
  const starts = [0];
  for (const line of lines) starts.push(starts[starts.length - 1] + line.length + 1);
  let end = lines.length;
  for (let i = end - 1; i >= 0 && all.length < limits.objects; i--) {
    const status = lines[i].includes("HTTP") && /^HTTP\/[^ ]{0,3} ([1-9][0-9]{2})(?: |$)/.exec(unmarked(lines[i]));
    if (!status) continue;
    const [header, body] = readHeader(lines, i + 1, end, TOKEN);
    if (header.length > 0 || body > i + 1 || startsDocument(lines, body, end)) {
      all.push({ reply: newReply(Number(status[1]), header, readBody(lines.slice(body, end))), part: lines.slice(i, end).join("\n"), at: starts[i], whole: true });
      end = i;
    }
  }
  if (all.length > 0) return all;
  const [header, body] = readHeader(lines, 0, lines.length, NAME);
  const isEvent = header.some(([name]) => name === "data"); // of a stream, whose fields look the same
  if (header.length > 0 && !isEvent && body < lines.length && !unmarked(lines[body - 1])) {
    all.push({ reply: newReply(0, header, readBody(lines.slice(body))), part: view, at: 0, whole: true });
  }
  return all;
};

const TOKEN = /^([!#$%&'*+.^_`|~0-9A-Za-z-]+):/;
const NAME = /^([A-Za-z0-9_-]+):/;

const unmarked = (line) => trimSpace(cutPrefix(line, "<"));

// readHeader returns the lines of a header and where its body starts.
const readHeader = (lines, i, end, field) => {
  const header = [];
  for (const start = i; i < end; i++) {
    if (i === start + limits.fields) return [[], start];
    const line = unmarked(lines[i]);
    if (!line) return [header, i + 1];
    const found = field.exec(line);
    if (!found) break;
    header.push([found[1].toLowerCase(), toText(trimSpace(line.slice(found[0].length)))]);
  }
  return [header, i];
};

const startsDocument = (lines, i, end) => {
  while (i < end && (isAdded(lines[i]) || !trimSpace(lines[i]))) i++;
  return i < end && "{[<".includes(trimSpace(lines[i])[0]);
};

const readBody = (lines) => lines.filter((line) => !isAdded(line)).join("\n");

// isAdded reports whether a line is one that `curl -v` adds to a body.
const isAdded = (line) => /^(?:[*>] |[{}] \[)/.test(line);
