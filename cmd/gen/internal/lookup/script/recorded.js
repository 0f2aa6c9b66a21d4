// Calls as HTTP archives and programs record them.

const isObject = (value) => typeof value === "object" && value !== null && !Array.isArray(value);
const own = (object, key) => (Object.hasOwn(object, key) ? object[key] : undefined);

const recordedCalls = (object) => {
  const root = JSON.parse(toText(object));
  const archive = own(root, "log");
  const list = Array.isArray(root) ? root : isObject(archive) && Array.isArray(own(archive, "entries")) ? archive.entries : [root];
  const calls = [];
  for (let i = list.length - 1; i >= 0 && calls.length < limits.objects; i--) {
    const call = isObject(list[i]) ? recordedCall(list[i]) : undefined;
    if (call) calls.push(call);
  }
  return calls;
};

const recordedCall = (entry) => {
  const address = recordedAddress(entry);
  const response = own(entry, "response");
  if (isObject(response)) entry = response;
  const status = recordedStatus(entry);
  const body = recordedBody(entry);
  if (!status || (body === undefined && !address)) return undefined;
  return { reply: newReply(status, recordedHeader(own(entry, "headers")), toBytes(body || "")), address };
};

const recordedAddress = (entry) => {
  for (const key of tables.requestKeys) {
    const request = own(entry, key);
    if (!isObject(request) || typeof own(request, "url") !== "string") continue;
    const method = own(request, "method");
    return (typeof method === "string" ? method.toUpperCase() : "") + " " + request.url;
  }
  return "";
};

const recordedStatus = (entry) => {
  for (const key of tables.statusKeys) {
    const value = own(entry, key);
    if (typeof value === "number" && Number.isInteger(value) && value >= 100 && value <= 999) return value;
    if (typeof value === "string" && /^[1-9][0-9]{2}$/.test(value)) return digits(value);
  }
  return 0;
};

const BASE64 = new RegExp(tables.base64);

const recordedBody = (entry) => {
  const content = own(entry, "content");
  if (isObject(content)) {
    const text = own(content, "text");
    if (typeof text !== "string") return undefined;
    return own(content, "encoding") === "base64" && BASE64.test(text) ? lenient.decode(Uint8Array.from(atob(text), (c) => c.charCodeAt(0))).replace(/\ufffd+/g, " ") : text;
  }
  for (const key of tables.bodyKeys) {
    const value = own(entry, key);
    if (typeof value === "string") return value;
    if (typeof value === "object" && value !== null) return JSON.stringify(value);
  }
  return undefined;
};

const lenient = new TextDecoder("utf-8", { ignoreBOM: true });

const recordedHeader = (value) => {
  const header = [];
  const add = (name, value) => {
    if (typeof name !== "string" || !/^[A-Za-z0-9_-]+$/.test(name)) return;
    const text = typeof value === "number" ? JSON.stringify(value) : typeof value === "string" ? value : "";
    header.push([name.toLowerCase(), toText(trimSpace(toBytes(text)))]);
  };
  if (Array.isArray(value)) for (const field of value.filter(isObject)) add(own(field, "name"), own(field, "value"));
  else if (isObject(value)) for (const name of Object.keys(value).sort()) for (const line of [].concat(value[name])) add(name, line);
  return header;
};
