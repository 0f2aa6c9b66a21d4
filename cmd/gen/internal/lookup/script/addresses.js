// Addresses of APIs in a text.

const indexes = (text, part) => {
  const all = [];
  for (let at = text.indexOf(part); at >= 0; at = text.indexOf(part, at + 1)) all.push(at);
  return all;
};

const isHostLetter = (c) => /^[0-9A-Za-z_-]$/.test(c);
const isPathLetter = (c) => /^[0-9A-Za-z_\-/.~%!$&*+,;=:@]$/.test(c);

const isHost = (text, from, to) => {
  const after = text.charAt(to);
  return !isHostLetter(text.charAt(from - 1)) && !isHostLetter(after) && !(after === "." && isHostLetter(text.charAt(to + 1)));
};

// findAddresses finds the hosts and paths of APIs.
const findAddresses = (view) => {
  const all = [];
  for (const api of apis) {
    for (const host of api.hosts) {
      for (const at of indexes(view, host)) if (isHost(view, at, at + host.length)) all.push({ at, api, operation: "" });
    }
    for (const path of api.paths.filter(Boolean)) {
      for (const at of indexes(view, path)) {
        const operation = called(api, view, at);
        if (operation !== undefined) all.push({ at, api, operation });
      }
    }
  }
  all.sort((a, b) => a.at - b.at);
  return { all, foreign: all.length === 0 && apis.some(({ hosts }) => hosts.length > 0) ? calledHost(view) : "" };
};

// whoseBefore returns the API and the operation that what stands at a place is
// about.
const whoseBefore = ({ all }, at) => {
  if (all.length === 0) return [undefined, ""];
  const next = all.findIndex((own) => own.at >= at);
  const i = next < 0 ? all.length - 1 : Math.max(0, next - 1);
  const { api } = all[i];
  const isIt = (own) => own.api === api && own.operation;
  const found = all.slice(0, i + 1).reverse().find(isIt) || all.slice(i).find(isIt);
  return [api, found ? found.operation : ""];
};

// called returns the operation that a path in a text is of, "" where it may be
// several, and undefined where it is none of the API's.
const called = (api, text, at) => {
  let end = at;
  while (isPathLetter(text.charAt(end))) end++;
  const path = trimEnd(text.slice(at, end), ".,:");
  let start = at;
  while (/^[0-9A-Za-z_\-.:]$/.test(text.charAt(start - 1))) start--;
  if (start < at) {
    if (text.slice(start - 3, start) !== "://" && !text.slice(start, at).includes(".")) return undefined;
    start = schemeBefore(text, start);
  }
  if (/^[/%]$/.test(text.charAt(at - 1))) return undefined;
  const method = methodBefore(text, start);
  let fewest = 1024;
  let operation;
  api.operations.forEach((op, i) => {
    if (!api.paths[i] || (method && op.method && op.method !== method) || !fitsPath(toBytes(pathOf(op.path)), path)) return;
    const blanks = op.path.split("{").length - 1;
    if (blanks < fewest) [operation, fewest] = [op.name, blanks];
    else if (blanks === fewest) operation = "";
  });
  return operation;
};

const pathOf = (path) => (path.includes("://") ? "/" + path.slice(path.indexOf("://") + 3).split("/").slice(1).join("/") : path);

// fitsPath compares a path with that of an operation, in which a segment such as {id}
// stands for any.
const fitsPath = (pattern, path) => {
  const [want, got] = [pattern, path].map((all) => trim(all, "/").split("/"));
  return want.length === got.length && want.every((part, i) => (/^\{.*\}$/.test(part) && got[i]) || part === got[i] || unescaped(got[i]) === part);
};

const unescaped = (segment) => {
  try {
    return toBytes(decodeURIComponent(segment));
  } catch {
    return undefined;
  }
};

const schemeBefore = (text, at) => {
  if (text.slice(Math.max(0, at - 3), at) !== "://") return at;
  const end = text.charAt(at - 4) === "s" ? at - 4 : at - 3;
  return text.slice(Math.max(0, end - 4), end) === "http" ? end - 4 : end;
};

const METHOD = /(?:^|[^0-9A-Za-z_-])(GET|HEAD|POST|PUT|PATCH|DELETE|OPTIONS)[ "']*$/;

const methodBefore = (text, at) => (METHOD.exec(text.slice(Math.max(0, at - 16), at)) || ["", ""])[1];

const HOST_NAMED = new RegExp(tables.hostNamed);
const HOST_HEADER = new RegExp(tables.hostHeader, "g");

// calledHost returns the first host that a text says was called, or nothing.
const calledHost = (text) => {
  for (const at of indexes(text, "://")) {
    const host = hostFrom(text, at + 3);
    if (host && saysCalled(text, schemeBefore(text, at + 3))) return host;
  }
  for (const { 0: label, index } of text.matchAll(HOST_HEADER)) {
    const host = hostFrom(text, index + label.length);
    if (host) return host;
  }
  return (HOST_NAMED.exec(text) || ["", ""])[1];
};

const hostFrom = (text, at) => {
  const host = trimEnd(/^[0-9A-Za-z_.-]*/.exec(text.slice(at, at + limits.host))[0], ".");
  return host.includes(".") && !areDigits(host.replace(/\./g, "")) ? host : "";
};

const saysCalled = (text, at) => {
  if (methodBefore(text, at)) return true;
  const line = fold(text.slice(Math.max(0, at - limits.called), at)).split("\n").pop();
  return tables.callWords.some((word) => line.includes(word));
};
