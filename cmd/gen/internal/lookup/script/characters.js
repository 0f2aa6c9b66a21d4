// Characters and bytes. Where bytes count, texts are strings of UTF-8 bytes, a character
// each: the package counts and orders bytes.

const limits = tables.limits;
const { code: CODE, prefix: PREFIX, status: STATUS, status_class: CLASS, transport: TRANSPORT, unknown: UNKNOWN, unrecognised: UNRECOGNISED, success: SUCCESS } = tables.kinds;
const entities = new Map(Object.entries(tables.entities));
const confidences = ["exact", "likely", "guess"];
const [EXACT, LIKELY, GUESS] = [0, 1, 2];
const NONE = -1;

const encoder = new TextEncoder();
const decoder = new TextDecoder("utf-8", { ignoreBOM: true });

const isASCII = (text) => (text.length < 1000 ? !/[^\x00-\x7f]/.test(text) : encoder.encode(text).length === text.length);

const toBytes = (text) => {
  if (isASCII(text)) return text;
  const bytes = encoder.encode(text);
  let out = "";
  for (let i = 0; i < bytes.length; i += 4096) out += String.fromCharCode(...bytes.subarray(i, i + 4096));
  return out;
};

const toText = (s) => (isASCII(s) ? s : decoder.decode(Uint8Array.from(s, (byte) => byte.charCodeAt(0))));

// head returns at most the first bytes of a text, in whole characters.
const head = (s, length) => {
  while (/[\x80-\xbf]/.test(s.charAt(length))) length--;
  return s.slice(0, length);
};

const ellipsis = toBytes("\u2026");
const byteOrderMark = toBytes("\ufeff");

const LETTER = /[\p{L}\p{N}\p{M}]/u;
const UPPER = /\p{Lu}/u;
const LOWER = /\p{Ll}/u;

// foldedByte is the small letter or the digit for each of ASCII, and 0 for all else.
const foldedByte = Uint8Array.from({ length: 128 }, (_, byte) => {
  const c = String.fromCharCode(byte);
  return /[0-9A-Za-z]/.test(c) ? c.toLowerCase().charCodeAt(0) : 0;
});
const isDigitAt = (s, i) => s.charCodeAt(i) >= 48 && s.charCodeAt(i) <= 57;
const areDigits = (s) => {
  for (let i = 0; i < s.length; i++) if (!isDigitAt(s, i)) return false;
  return s !== "";
};
const digits = (s) => (areDigits(s) ? Number(s) : 0);

const each = (s, change) => toBytes(Array.from(toText(s), change).join(""));

// fold leaves the dotted capital I unchanged: it has no small letter of one
// character.
const fold = (s) => (isASCII(s) ? s.toLowerCase() : each(s, (c) => (c === "\u0130" ? c : c.toLowerCase())));

const trimStart = (s, marks) => {
  let i = 0;
  while (i < s.length && marks.includes(s[i])) i++;
  return s.slice(i);
};

const trimEnd = (s, marks) => {
  let end = s.length;
  while (end > 0 && marks.includes(s[end - 1])) end--;
  return s.slice(0, end);
};

const trim = (s, marks) => trimEnd(trimStart(s, marks), marks);
const cutPrefix = (s, prefix) => (s.startsWith(prefix) ? s.slice(prefix.length) : s);

const SPACE = "(?:[\\t-\\r ]|\\xc2[\\x85\\xa0]|\\xe1\\x9a\\x80|\\xe2\\x80[\\x80-\\x8a\\xa8\\xa9\\xaf]|\\xe2\\x81\\x9f|\\xe3\\x80\\x80)";
const FIRST_SPACE = new RegExp("^" + SPACE);
const LAST_SPACE = new RegExp(SPACE + "$");

// trimSpace drops what Unicode calls white space. JavaScript has another list.
const trimSpace = (s) => {
  let from = 0;
  let to = s.length;
  let found;
  while ((found = FIRST_SPACE.exec(s.slice(from, from + 3)))) from += found[0].length;
  while (to > from && (found = LAST_SPACE.exec(s.slice(Math.max(from, to - 3), to)))) to -= found[0].length;
  return s.slice(from, to);
};

// fields returns the words of a clean text with one space between them.
const fields = (s) => toBytes(toText(s).trim().split(/\s+/).join(" "));

// quote quotes a text as Go does.
const quote = (s) => '"' + each(s, quoteCharacter) + '"';

const quoteCharacter = (c) => {
  if (c === '"' || c === "\\") return "\\" + c;
  if (/[\p{L}\p{M}\p{N}\p{P}\p{S} ]/u.test(c)) return c;
  const name = "\x07\b\f\n\r\t\v".indexOf(c);
  if (name >= 0) return "\\" + "abfnrtv"[name];
  const hex = c.codePointAt(0).toString(16);
  if (c < " " || c === "\x7f") return "\\x" + hex.padStart(2, "0");
  return c.length === 1 ? "\\u" + hex.padStart(4, "0") : "\\U" + hex.padStart(8, "0");
};

// first returns the first characters of a text, and says where there are more.
const first = (s, length) => {
  const characters = Array.from(toText(s));
  return [toBytes(characters.slice(0, length).join("")), characters.length > length ? ellipsis : ""];
};
