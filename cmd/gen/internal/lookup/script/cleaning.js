// Cleaning: of texts, not of bytes.

const clean = (text) => dropQuoteMarks(cleanLines(text));

// cleanLines does the same but for the marks of mail quotes.
const cleanLines = (text) => {
  if (text.includes("&")) text = decodeEntities(decodeEntities(text));
  if (text.includes("\\")) text = decodeEscapes(text);
  if (text.includes("%")) text = decodePercents(text);
  if (DOUBLED.test(text)) text = text.replace(/""/g, '"');
  return dropColours(plain(text));
};

const DOUBLED = new RegExp(tables.doubled);

const decodeEntities = (text) =>
  text.replace(/&(?:([A-Za-z0-9]{1,14})|#([0-9]{1,13})|#[xX]([0-9A-Fa-f]{1,12}));/g, (all, name, decimal, hex) => {
    if (name) return entities.has(name) ? entities.get(name) : all;
    return decimal ? character(decimal, 10) : character(hex, 16);
  });

const character = (number, base) => {
  const code = parseInt(number, base);
  return code && code <= 0x10ffff && !(code >= 0xd800 && code <= 0xdfff) ? String.fromCodePoint(code) : "";
};

// The last, empty choice keeps the pattern from trying shorter runs of
// backslashes.
const decodeEscapes = (text) =>
  text.replace(
    /\\+(?:([nr])|([tbf])|u([0-9A-Fa-f]{4})|x([0-9A-Fa-f]{2})|(033)(?=\[)|(?=([!-/:-@[\]-`{-\x7f]))|)/g,
    (all, line, space, long, short, escape, mark) => {
      if (line) return "\n";
      if (space) return " ";
      if (long || short) return character(long || short, 16);
      return escape || mark ? "" : all;
    },
  );

const decodePercents = (text) =>
  text.replace(/%([2-7][0-9A-Fa-f])/g, (all, hex) => (/[0-9A-Za-z\x7f]/.test(character(hex, 16)) ? all : character(hex, 16)));

const plain = (text) =>
  (/[\r<]/.test(text) ? text.replace(/\r\n|<wbr(?: ?\/)?>/g, (found) => (found === "\r\n" ? "\n" : "")) : text)
    .replace(/[^\n -~\ud800-\udfff]/g, (c) => {
      const code = c.charCodeAt(0);
      const range = tables.plain.find(([from, to]) => code >= from && code <= to);
      if (range) return range[2];
      return code >= 0xff01 && code <= 0xff5e ? String.fromCharCode(code - 0xff01 + 0x21) : c;
    });

const dropColours = (text) => (/[[\x1b]/.test(text) ? dropColourCodes(text) : text);
const dropColourCodes = (text) => text.replace(/\[[0-9;]{1,11}m/g, "").replace(/\x1b/g, "");

const dropQuoteMarks = (text) => (text.includes(">") ? ("\n" + text).replace(/\n(?: *> ?)+/g, "\n").slice(1) : text);
