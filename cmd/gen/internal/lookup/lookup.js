// The lookup in the browser: the answers of package lookup, by the same steps.
// What they are, its doc.go says; functions here have the names that they have
// there. The script that Script makes calls this function with its tables and the
// APIs of a catalog, and keeps what it returns.
//
// Where bytes count, texts are strings of UTF-8 bytes, a character each: the
// package counts and orders bytes. Script drops comments and indentation, so here
// comments are on separate lines, and no text goes over a line end.

var errkbLookup = (tables, catalog) => {
  "use strict";

  const { limits } = tables;
  const { code: CODE, prefix: PREFIX, status: STATUS, status_class: CLASS, transport: TRANSPORT, unknown: UNKNOWN, unrecognised: UNRECOGNISED, success: SUCCESS } = tables.kinds;
  const entities = new Map(Object.entries(tables.entities));
  const confidences = ["exact", "likely", "guess"];
  const [EXACT, LIKELY, GUESS] = [0, 1, 2];
  const NONE = -1;

  // ---- Characters

  const encoder = new TextEncoder();
  const decoder = new TextDecoder("utf-8", { ignoreBOM: true });

  const isASCII = (text) => !/[^\x00-\x7f]/.test(text);

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

  // ---- Cleaning: of texts, not of bytes

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

  const dropQuoteMarks = (text) => (text.includes(">") ? text.split("\n").map(dropQuoteMark).join("\n") : text);

  const dropQuoteMark = (line) => {
    let start = 0;
    for (;;) {
      let i = start;
      while (line[i] === " ") i++;
      if (line[i] !== ">") return line.slice(start);
      start = line[i + 1] === " " ? i + 2 : i + 1;
    }
  };

  // ---- Atoms

  // Text is a clean text, in bytes, cut into atoms.
  class Text {
    constructor(text) {
      this.clean = toBytes(text);
      // The bytes where atoms start and end, and where they start in flat. There, each
      // ends where the next one starts.
      this.starts = [];
      this.ends = [];
      this.froms = [];
      if (this.clean.length === text.length) this.cutASCII(encoder.encode(text));
      else this.cutUnicode(text);
      this.last = this.froms.length - 2;
    }

    cutASCII(bytes) {
      const { length } = bytes;
      const starts = new Int32Array((length >> 1) + 1);
      const ends = new Int32Array((length >> 1) + 1);
      const froms = new Int32Array((length >> 1) + 2);
      const flat = new Uint8Array(length + limits.head);
      let to = 0;
      let count = 0;
      for (let i = 0; i < length; i++) {
        if (!foldedByte[bytes[i]]) continue;
        starts[count] = i;
        froms[count] = to;
        for (let folded; (folded = foldedByte[bytes[i]]); i++) flat[to++] = folded;
        ends[count++] = i;
      }
      froms[count] = to;
      this.flat = decoder.decode(flat.subarray(0, to));
      this.starts = starts.subarray(0, count);
      this.ends = ends.subarray(0, count);
      this.froms = froms.subarray(0, count + 1);
      this.noteHeads(flat);
    }

    cutUnicode(text) {
      this.flat = "";
      let read = 0;
      let end = 0;
      for (const { 0: run, index } of text.matchAll(/[\p{L}\p{N}\p{M}]+/gu)) {
        end += toBytes(text.slice(read, index)).length;
        read = index + run.length;
        for (const part of run.match(/[^\u0500-\u1dff\u2000-\u{10ffff}]+|[\u0500-\u1dff\u2000-\u{10ffff}]+/gu)) {
          this.starts.push(end);
          this.froms.push(this.flat.length);
          this.ends.push((end += toBytes(part).length));
          this.flat += fold(toBytes(part));
        }
      }
      this.froms.push(this.flat.length);
      this.noteHeads(Uint8Array.from(this.flat + "\0".repeat(limits.head), (byte) => byte.charCodeAt(0)));
    }

    // noteHeads notes what atoms start with: a byte, and the hash of some. Behind the last
    // one, flat has bytes of 0.
    noteHeads(flat) {
      this.firsts = new Uint8Array(this.froms.length - 1);
      this.heads = new Uint16Array(this.firsts.length);
      for (let i = 0; i < this.heads.length; i++) {
        const at = this.froms[i];
        this.firsts[i] = flat[at];
        this.heads[i] = hashHead(flat[at], flat[at + 1], flat[at + 2], flat[at + 3]);
      }
    }

    letters(i, j) {
      return this.flat.slice(this.froms[i], this.froms[j + 1]);
    }

    span(i, j) {
      return this.clean.slice(this.starts[i], this.ends[j]);
    }

    // gap returns what stands between atom i and the next.
    gap(i) {
      return this.clean.slice(this.ends[i], this.starts[i + 1]);
    }

    whole(i, j) {
      return i === 0 && j === this.last;
    }

    before(i, n) {
      return this.clean.charAt(this.starts[i] - n);
    }

    after(i, n) {
      return this.clean.charAt(this.ends[i] + n - 1);
    }

    touches(i, j, marks) {
      return this.touchesLeft(i, marks) || this.touchesRight(j, marks);
    }

    touchesLeft(i, marks) {
      return i > 0 && this.starts[i] - this.ends[i - 1] === 1 && marks.includes(this.clean[this.ends[i - 1]]);
    }

    touchesRight(j, marks) {
      return j < this.last && this.starts[j + 1] - this.ends[j] === 1 && marks.includes(this.clean[this.ends[j]]);
    }

    opens(i) {
      const start = this.starts[i];
      const before = trimEnd(this.clean.slice(Math.max(0, start - 8), start), " ");
      return before ? isOneOf(before.slice(-1), "\n\"'`([{<>:=|*-#~") : start < 8;
    }

    closes(j) {
      return isClosing(trimStart(this.tail(j), ".,;:!?"));
    }

    tail(j) {
      const end = this.ends[j];
      return this.clean.slice(end, end + 8);
    }

    pauses(j) {
      return isClosing(this.tail(j)) || isOneOf(this.after(j, 1), ".,;:!?") || this.tail(j).startsWith(" - ");
    }

    // wordEnd returns the last atom of the word that starts with atom i.
    wordEnd(i) {
      while (this.touchesRight(i, "_-")) i++;
      return i;
    }

    words() {
      if (this.last < 0) return [""];
      return this.last > 0 ? Array.from(this.starts, (_, i) => this.letters(i, i)) : humps(this.span(0, 0));
    }

    labelled(i) {
      const [label, kind] = this.label(i);
      if (!label || this.exits(i)) return false;
      if (label === "code") return !kind || tables.codeKinds.includes(kind);
      return tables.numberLabels.includes(label) ? tables.numberKinds.includes(kind) : tables.codeLabels.includes(label);
    }

    told(i) {
      return i > 1 && trimEnd(this.gap(i - 1), "\"'`") === ": " && this.gap(i - 2) === " ";
    }

    label(i) {
      const gap = i > 0 ? trimEnd(this.gap(i - 1), "+-") : "";
      if (!gap || gap.length > limits.labelGap || trim(gap, " :=\"'#([>")) return ["", ""];
      return [this.letters(i - 1, i - 1), this.touchesLeft(i - 1, " _-.") ? this.letters(i - 2, i - 2) : ""];
    }

    statusLabel(i) {
      const [label, kind] = this.label(i);
      return tables.linkWords.includes(label) && kind ? this.label(i - 1) : [label, kind];
    }

    exits(i) {
      for (let k = Math.max(0, i - 4); k < i; k++) if (this.letters(k, k).startsWith("exit")) return true;
      return false;
    }

    isNumber(i) {
      if (!areDigits(this.letters(i, i))) return false;
      if (isOneOf(this.before(i, 1), "._-+/,:") && areDigits(this.before(i, 2))) return false;
      if (this.touchesLeft(i, "_") || (!this.signs(i) && this.touchesLeft(i, "-"))) return false;
      const next = this.after(i, 1);
      if (isOneOf(next, ".,:/")) return !areDigits(this.after(i, 2));
      return next !== "%" && !this.touchesRight(i, "-_");
    }

    signs(i) {
      return isOneOf(this.before(i, 1), "+-") && " \n:=\"'([".includes(this.before(i, 2));
    }

    signed(i) {
      return (this.signs(i) ? this.before(i, 1) : "") + this.letters(i, i);
    }

    endsAfter(i, status) {
      let rest = this.flat.slice(this.froms[i + 1]);
      for (const word of tables.statusEnds) rest = cutPrefix(rest, word);
      return !rest || phrases(status).includes(rest);
    }

    onlyMarks(marks) {
      let read = 0;
      return Array.from(this.starts).concat(this.clean.length).every((start, i) => {
        const gap = this.clean.slice(read, start);
        read = this.ends[i];
        return !trimStart(gap, marks);
      });
    }

    isVersion(i) {
      if (!/^[0-9]$/.test(this.letters(i, i))) return false;
      if (this.touchesLeft(i, ".")) i--;
      return this.touchesLeft(i, "/") && this.letters(i - 1, i - 1) === "http";
    }

    follows(i, squashed) {
      const gap = i < this.last ? this.gap(i) : "-----";
      if (gap.length > 4 || trim(gap, " :)\"'(-")) return false;
      const to = this.froms[i + 1];
      for (const want of squashed.filter((want) => this.flat.startsWith(want, to))) {
        for (let j = i + 1; j <= this.last && this.froms[j + 1] <= to + want.length; j++) {
          if (this.froms[j + 1] === to + want.length) return !this.touchesRight(j, "_-");
        }
      }
      return false;
    }

    looksLikeCode(i, j) {
      const span = this.span(i, j);
      if (i < j) return true;
      if (!UPPER.test(toText(span.slice(1)))) return false;
      return humps(span).length > 1 || (span.length >= limits.cut && !LOWER.test(toText(span)));
    }

    prefixConfidence(i, j, prefix) {
      const word = this.span(i, j);
      if (areDigits(prefix) && (i < j || word.length > limits.numeric)) return NONE;
      if (this.whole(i, j) && trim(this.clean, limits.wrapping) === word) return LIKELY;
      if (this.labelled(i) && this.closesWord(j)) return LIKELY;
      return squash(prefix).length >= limits.shortest && word.includes("_") ? GUESS : NONE;
    }

    // restAfter returns the atom that some letters are, after a number of one or two
    // atoms that follows atom j, or one that is negative.
    restAfter(j, rest) {
      if (j === this.last || !/^[0-9]/.test(this.letters(j + 1, j + 1))) return NONE;
      for (let skip = j + 2; skip <= j + 3 && skip <= this.last; skip++) if (this.letters(skip, skip) === rest) return skip;
      return NONE;
    }

    isPhrase(i, j, marks) {
      for (let k = i; k < j; k++) if (!bridges(this, k) || trim(this.gap(k), " \n>|_-/'" + marks)) return false;
      return !this.touches(i, j, "_-/");
    }

    isAlone(i, j) {
      const start = this.starts[i];
      const before = trimEnd(this.clean.slice(Math.max(0, start - 8), start), " \"'`");
      return (before.endsWith(":") || this.whole(i, j)) && this.closes(j) && !this.tail(j).includes(":");
    }

    // fitOf returns how atoms i to j have a name that they write in a style.
    fitOf(i, j, how) {
      if (this.isClass(i, j, how)) return AS_CLASS;
      return this.touches(i, j, "_-./") ? PARTIAL : how > VERBATIM ? RESPELLED : LITERAL;
    }

    isClass(i, j, how) {
      if (i < j || this.whole(i, j) || !isThrown(this.letters(i, i)) || humps(this.span(i, i)).length < 2) return false;
      if (i > 0 && [".", "::", "\\"].includes(this.gap(i - 1))) return true;
      return how > VERBATIM && isOneOf(this.after(j, 1), ":([");
    }

    // isMarked reports whether number i is set apart as drivers of databases do it.
    isMarked(i) {
      const start = this.starts[i];
      const before = trimEnd(this.clean.slice(Math.max(0, start - 8), Math.max(0, start - 1)), " ");
      if (before && !isOneOf(before.slice(-1), "\n:")) return false;
      const tail = this.tail(i);
      if (this.before(i, 1) === "#") return this.pauses(i) || tail.startsWith(" - ");
      return this.before(i, 1) === "(" && /^, ["']/.test(tail);
    }

    isTight(i, j) {
      for (let k = i; k < j; k++) {
        const gap = this.gap(k);
        const length = Array.from(toText(gap)).length;
        if (Array.from(gap).some((c) => (limits.pathMarks + "\n").includes(c)) || length > 2 || (length === 2 && !gap.includes("_"))) return false;
      }
      return true;
    }

    closesWord(j) {
      const next = this.after(j, 1);
      return next !== "%" && !(isOneOf(next, ".,:/") && LETTER.test(this.after(j, 2)));
    }

    // noteQuotes notes which lines are quoted from an older mail, if not all are.
    noteQuotes(lines) {
      if (!lines.includes(">") && !lines.includes(tables.originalMessage)) return;
      let below = false;
      const quotes = [];
      const full = [];
      for (const line of lines.split("\n")) {
        below = below || line.includes(tables.originalMessage);
        const quoted = below || trimStart(line, " ").startsWith(">");
        quotes.push(quoted);
        if (line.trim()) full.push(quoted);
      }
      if (!full.includes(true) || !full.includes(false)) return;
      let at = 0;
      this.quotes = this.clean.split("\n").map((line, i) => {
        const start = at;
        at += line.length + 1;
        return { start, quoted: quotes[i] };
      });
    }

    isQuoted(at) {
      if (!this.quotes) return false;
      let lo = 0;
      for (let hi = this.quotes.length; lo < hi; ) {
        const middle = (lo + hi) >> 1;
        if (this.quotes[middle].start <= at) lo = middle + 1;
        else hi = middle;
      }
      return this.quotes[lo - 1].quoted;
    }

    // isLog reports whether two lines start with a time.
    isLog() {
      let found = 0;
      return this.clean.split("\n").some((line) => LOG_LINE.test(head(line, limits.logStart)) && ++found === 2);
    }

    // isPast reports whether the text says of what stands from one place to another
    // that it is over.
    isPast(from, to, start, end) {
      const before = fold(this.clean.slice(Math.max(start, from - limits.past), from)).split(CLAUSE_END).pop();
      const [after, next = ""] = fold(this.clean.slice(to, Math.min(end, to + limits.past))).split(CLAUSE_END);
      return states(before, pastBefore) || states(after, pastAfter) || PAST_NEXT.test(next);
    }
  }

  // hashHead returns a number of 16 bits for the first bytes of a text.
  const hashHead = (a, b, c, d) => Math.imul(a | (b << 8) | (c << 16) | (d << 24), 0x9e3779b1) >>> 16;

  const LOG_LINE = new RegExp(tables.logLine);
  const CLAUSE_END = new RegExp(toBytes(tables.clauseEnd));
  const PAST_NEXT = new RegExp(tables.pastNext);
  const DENIAL = new RegExp(toBytes(tables.denial));
  const [pastBefore, pastAfter] = [tables.pastBefore, tables.pastAfter].map((all) => all.map(toBytes));

  // states reports whether a clause has one of some words, and none before it that denies it.
  const states = (clause, all) =>
    all.some((words) => {
      const at = clause.indexOf(words);
      return at >= 0 && !DENIAL.test(clause.slice(0, at));
    });

  const isOneOf = (gap, marks) => gap.length === 1 && marks.includes(gap);

  const isClosing = (tail) => {
    tail = trimStart(tail, " ");
    return !tail || "\n\"'`()[]{}<|*~\\".includes(tail[0]);
  };

  const cut = (s) => new Text(toText(s));
  const squash = (s) => (isASCII(s) ? s.replace(/[^0-9A-Za-z]+/g, "").toLowerCase() : cut(s).flat);
  const phrases = (status) => tables.phrases[status] || [];

  const humps = (word) => {
    const all = [""];
    const characters = Array.from(toText(word));
    characters.forEach((c, i) => {
      const isHump = i > 0 && UPPER.test(c) && (!UPPER.test(characters[i - 1]) || LOWER.test(characters[i + 1] || ""));
      if (isHump) all.push("");
      all[all.length - 1] += c;
    });
    return all.map((hump) => fold(toBytes(hump)));
  };

  // ---- Lexicons

  // Lexicon finds squashed texts in a text: pairs of their letters and what is known
  // of them.
  class Lexicon {
    constructor(pairs) {
      pairs.sort((a, b) => (a[0] < b[0] ? -1 : 1));
      this.letters = pairs.map(([letters]) => letters);
      this.items = pairs.map(([, item]) => item);
      // By the hash of a head, one more than the index of the first that may start with
      // it, and the first bytes of those that are too short for one.
      this.heads = new Int32Array(1 << 16);
      this.shorts = new Uint8Array(256);
      this.longest = 0;
      for (let i = this.letters.length - 1; i >= 0; i--) {
        const letters = this.letters[i];
        this.longest = Math.max(this.longest, letters.length);
        if (letters.length < limits.head) this.shorts[letters.charCodeAt(0)] = 1;
        else this.heads[hashHead(...Array.from(letters.slice(0, limits.head), (byte) => byte.charCodeAt(0)))] = i + 1;
      }
    }

    // from returns the first index, from lo on, whose letters are not before some. It
    // looks near lo first.
    from(letters, lo = 0) {
      const all = this.letters;
      let hi = lo;
      for (let step = 1; hi < all.length && all[hi] < letters; step *= 2) {
        lo = hi + 1;
        hi += step;
      }
      hi = Math.min(hi, all.length);
      while (lo < hi) {
        const middle = (lo + hi) >> 1;
        if (all[middle] < letters) lo = middle + 1;
        else hi = middle;
      }
      return lo;
    }

    // walk calls found with what starts with atom i, with that atom and with the one
    // that it ends with, the shortest first. A text goes on over the gaps that are
    // joints.
    walk(t, i, isJoint, found) {
      if (this.shorts[t.firsts[i]]) this.walkFrom(0, t, i, isJoint, found);
      else if (this.heads[t.heads[i]]) this.walkFrom(this.heads[t.heads[i]] - 1, t, i, isJoint, found);
    }

    walkFrom(lo, t, i, isJoint, found) {
      for (let j = i; j <= t.last && (j === i || isJoint(t, j - 1)); j++) {
        const letters = t.letters(i, j);
        if (letters.length > this.longest) return;
        lo = this.from(letters, lo);
        if (lo === this.letters.length || !this.letters[lo].startsWith(letters)) return;
        if (this.letters[lo] === letters) found(this.items[lo], i, j);
      }
    }

    walkAll(t, isJoint, found) {
      if (this.letters.length === 0) return;
      for (let i = 0; i <= t.last; i++) this.walk(t, i, isJoint, found);
    }
  }

  // ---- What programs print

  const [BARENAME, BAREWORD, CLASS_PREFIX, HINT, TEXT_ESCAPE, JSON_NUMBER] = tables.printed.map((pattern) => new RegExp(pattern));
  const constants = { True: "true", true: "true", False: "false", false: "false", None: "null", nil: "null", null: "null", undefined: "null" };
  const isQuote = (c) => isOneOf(c, "\"'`");

  // Printed reads a text from a place on, and writes JSON. Its methods report whether
  // there is what they read.
  class Printed {
    constructor(text, at) {
      this.text = text;
      this.at = at;
      this.json = [];
    }

    get c() {
      return this.text.charAt(this.at);
    }

    get rest() {
      return this.text.slice(this.at, this.at + limits.bare);
    }

    // take goes on behind what a pattern finds, and returns it.
    take(pattern) {
      const [found] = pattern.exec(this.rest) || [""];
      this.at += found.length;
      return found;
    }

    space() {
      while (isOneOf(this.c, " \n\r\t")) this.at++;
    }

    value(depth) {
      this.space();
      const { c } = this;
      if (depth > limits.depth || !c) return false;
      if (c === "{") return this.members(depth, "}", true);
      if (c === "[" && this.take(HINT)) return Boolean(this.json.push("null"));
      if (c === "[") return this.members(depth, "]", false);
      if (isOneOf(c, "bu") && isQuote(this.text.charAt(this.at + 1))) this.at++;
      if (isQuote(this.c)) return this.quoted();
      if (this.take(CLASS_PREFIX)) {
        this.at--;
        return this.value(depth);
      }
      return this.word();
    }

    members(depth, closing, named) {
      this.json.push(this.c);
      this.at++;
      for (let count = 0; ; count++) {
        this.space();
        if (this.c === closing) {
          this.json.push(closing);
          this.at++;
          return true;
        }
        if (count > 0) this.json.push(",");
        if ((named && !this.name()) || !this.value(depth + 1)) return false;
        this.space();
        if (this.c === ",") this.at++;
        else if (this.c !== closing) return false;
      }
    }

    name() {
      if (isQuote(this.c)) {
        if (!this.quoted()) return false;
      } else {
        const found = this.take(BARENAME);
        if (!found) return false;
        this.json.push('"' + trim(found, ":[]") + '"');
      }
      this.space();
      const { rest } = this;
      if (!rest.startsWith("=>") && rest[0] !== ":") return false;
      this.at += rest[0] === ":" ? 1 : 2;
      this.json.push(":");
      return true;
    }

    quoted() {
      const quote = this.c;
      this.json.push('"');
      for (this.at++; this.at < this.text.length; this.at++) {
        const { c } = this;
        if (c === quote) {
          this.json.push('"');
          this.at++;
          return true;
        }
        if (c < " ") return false;
        if (c === '"') this.json.push('\\"');
        else if (c !== "\\") this.json.push(c);
        else {
          const escape = this.take(TEXT_ESCAPE);
          if (!escape) return false;
          this.at--;
          if (escape[1] === "x") this.json.push("\\u00" + escape.slice(2));
          else this.json.push(escape.length > 2 || isOneOf(escape[1], '"\\/bfnrt') ? escape : escape[1]);
        }
      }
      return false;
    }

    word() {
      const word = this.take(BAREWORD);
      if (word) this.json.push(Object.hasOwn(constants, word) ? constants[word] : JSON_NUMBER.test(word) ? word : '"' + word + '"');
      return Boolean(word);
    }
  }

  // readPrinted returns the object in JSON that starts at a place of a text as programs
  // print one, and where it ends; "" and that place where there is none.
  const readPrinted = (text, start) => {
    const own = new Printed(text, start);
    return text.charAt(start) === "{" && own.value(0) ? [own.json.join(""), own.at] : ["", start];
  };

  // ---- Replies

  // Script puts the interpreter of tables here, whose decide is classify.
  // ---- Interpreter

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

  // ---- Names

  const [CODE_NAME, ALIAS_NAME, MESSAGE_NAME] = [0, 1, 2];
  const [LITERAL, RESPELLED, PARTIAL, AS_CLASS] = [0, 1, 2, 3];
  const isThrown = (word) => /(?:error|exception)$/.test(word);
  const [VERBATIM, JOINED, SPACED, DOTTED, MARKED, MIXED] = [0, 1, 2, 3, 4, 5];

  // Name is one text that an entry is known by.
  class Name {
    constructor(entry, kind, text) {
      const t = cut(text);
      this.entry = entry;
      this.kind = kind;
      this.isMessage = kind === MESSAGE_NAME;
      this.text = text;
      this.words = t.words();
      this.lead = text.slice(0, t.starts[0]);
      this.core = t.span(0, t.last);
      this.trail = text.slice(t.ends[t.last]);
      this.isWord = t.flat.length < limits.shortest || (this.words.length === 1 && !/\p{Nd}/u.test(toText(text)));
    }

    // subject is what the rows of the judgement call the name.
    get subject() {
      return this.isMessage ? "message" : this.isWord ? "word" : "code";
    }

    styleOf(span) {
      if (span === this.core) return VERBATIM;
      const folded = fold(span);
      if (this.entry.api.fold && !this.isMessage && folded === fold(this.core)) return VERBATIM;
      const bare = (text) => text.replace(/ /g, "");
      if (this.core.includes(": ") && span.includes(": ") && bare(folded) === bare(fold(this.core))) return JOINED;
      const joins = (separator) => folded === this.words.join(separator);
      if (joins("_") || joins("-") || joins("")) return JOINED;
      return joins(" ") ? SPACED : joins(".") ? DOTTED : this.isMarked(folded) ? MARKED : MIXED;
    }

    isMarked(folded) {
      const [head, ...rest] = this.words;
      return rest.length > 0 && tables.marks.some((mark) => folded === head + mark + rest.join(" ") || folded === head + mark + rest.join("_"));
    }

    // judge returns how sure it is that atoms i to j stand for the name, and how
    // they write it.
    judge(t, i, j) {
      const how = this.styleAt(t, i, j);
      const place = { name: this, t, i, j, span: t.span(i, j) };
      const holds = ({ styles, facts }) => styles[how] && facts.every(([fact, want]) => fact(place) === want);
      return [(judgements.get(this.subject).find(holds) || nothing).sure, how];
    }

    styleAt(t, i, j) {
      const how = this.unwrap(t.span(i, j));
      const start = t.starts[i];
      const inFull = t.clean.startsWith(this.lead, start - this.lead.length) && t.clean.startsWith(this.trail, t.ends[j]);
      return how === VERBATIM && !inFull ? JOINED : how;
    }

    // unwrap returns how a span writes the name, also where lines end in it.
    unwrap(span) {
      if (!span.includes("\n")) return this.styleOf(span);
      const lines = span.split("\n");
      const bare = lines.map((line, i) => {
        if (i > 0) line = trimStart(line, " >|#*");
        return i < lines.length - 1 ? trimEnd(line, " =") : line;
      });
      const unhyphened = bare.reduce((word, line) => word.replace(/-$/, "") + line);
      for (const word of [bare.join(""), unhyphened]) {
        const how = this.styleOf(word);
        if (how <= JOINED && (/[_-]/.test(word) || (how === VERBATIM && word.length >= limits.wrapped))) return how;
      }
      return this.styleOf(bare.join(" ")) === SPACED ? SPACED : MIXED;
    }

    why(span, how) {
      const { text } = this;
      if (this.isMessage) return because("message", quoted(text));
      if (how > VERBATIM) return because(how === MIXED ? "letters" : "spelling", shortly(span), text);
      return this.kind === ALIAS_NAME ? because("alias", text, this.entry.key) : because("found", text);
    }
  }

  const facts = {
    whole: ({ t, i, j }) => t.whole(i, j),
    opens: ({ t, i }) => t.opens(i),
    closes: ({ t, j }) => t.closes(j),
    pauses: ({ t, j }) => t.pauses(j),
    labelled: ({ t, i }) => t.labelled(i),
    told: ({ t, i }) => t.told(i),
    counted: ({ t, i }) => i > 0 && t.isNumber(i - 1),
    underscored: ({ t, i, j }) => t.touches(i, j, "_"),
    hyphened: ({ t, i, j }) => t.touches(i, j, "-"),
    pointed: ({ t, i, j }) => t.touches(i, j, "."),
    linked: ({ t, i, j }) => t.touches(i, j, "_-./"),
    continued: ({ t, j }) => t.touchesRight(j, "."),
    spread: ({ span }) => /[ \n]/.test(span),
    wrapped: ({ span }) => span.includes("\n"),
    separated: ({ span }) => /[_-]/.test(span),
    tight: ({ t, i, j }) => t.isTight(i, j),
    quoted: ({ name, t, i, span }) => fields(span) === name.core && /^\p{Lu}/u.test(toText(span)) && !t.opens(i),
    single: ({ name }) => name.words.length < 2,
    long: ({ name }) => name.words.length > 2,
    hyphenless: ({ name }) => !name.text.includes("-"),
    capital: ({ name }) => UPPER.test(toText(name.text)),
  };

  const nothing = { sure: NONE };
  const judgements = new Map();
  for (const [subject, named, when, sure] of tables.rows) {
    const conditions = when.split(" ").filter(Boolean);
    file(judgements, subject, {
      styles: tables.styles.map((style) => !named || named.split(" ").includes(style)),
      facts: conditions.map((name) => [facts[cutPrefix(name, "!")], name[0] !== "!"]),
      sure: confidences.indexOf(sure),
    });
  }

  // Spelling is the names with the same letters. They are looked at only where a
  // text has these letters, or nearly so.
  class Spelling {
    constructor(letters, rows) {
      this.letters = letters;
      this.rows = rows;
    }

    get names() {
      if (!this.made) this.made = this.rows.map((row) => new Name(...row));
      return this.made;
    }
  }

  const shortTo = (span, length) => first(fields(span), length).join("");

  // ---- Reasons
  //
  // A reason is a sentence in the language of the site, with the words by which its place
  // in the text is found.

  const because = (name, ...values) => {
    const parts = values.map((value) => (typeof value === "string" ? { text: value, words: [value] } : value));
    return { text: toBytes(filled(tables.whys[name], ...parts.map(({ text }) => toText(text)))), words: parts.flatMap(({ words }) => words) };
  };
  const quoted = (words) => ({ text: quote(words), words: [words] });
  const shortly = (span) => quoted(shortTo(span, 60));

  // named is an API in a reason, which does not hold words of the text.
  const named = ({ title }) => ({ text: title, words: [] });

  // filled puts values in place of the verbs of a message. No space stands between two
  // letters of Chinese or Japanese, or beside one of their signs.
  const filled = (message, ...values) => {
    let next = 0;
    let end = -1;
    let last = "";
    return message.replace(/( ?)%(?:\[(\d+)\])?[sd]((?: (?!%))?)/g, (verb, before, number, after, at) => {
      if (number) next = number - 1;
      const left = at === end ? last : message.slice(0, at);
      last = String(values[next++]);
      end = at + verb.length;
      return (joins(left, last) ? "" : before) + last + (joins(last, message.slice(end)) ? "" : after);
    });
  };
  const unspaced = /[\p{sc=Han}\u3000-\u30ff\uff00-\uffef]/u;
  const isSign = (letter) => unspaced.test(letter) && /\p{P}/u.test(letter);
  const joins = (a, b) => (unspaced.test(a.at(-1)) && unspaced.test(b[0])) || isSign(a.at(-1)) || isSign(b[0]);

  const judge = (spelling, t, i, j) => {
    const written = new Set();
    const rivals = new Map();
    const readings = [];
    for (const name of spelling.names) {
      const [confidence, how] = name.judge(t, i, j);
      if (confidence < 0) continue;
      const { entry, isMessage } = name;
      const spelled = !isMessage && how > VERBATIM;
      readings.push({ name, confidence, how, spelled });
      if (spelled) rivals.set(entry.api, (rivals.get(entry.api) || new Set()).add(entry));
      else if (!isMessage) written.add(entry.api);
    }
    return readings
      .filter(({ name, spelled }) => !(spelled && written.has(name.entry.api)))
      .map(({ name, confidence, how, spelled }) => {
        const contested = spelled && (written.size > 0 || rivals.get(name.entry.api).size > 1);
        const fit = t.fitOf(i, j, how);
        const sure = contested || fit === AS_CLASS ? Math.max(confidence, LIKELY) : confidence;
        return { ...candidate(sure, name.entry, name.why(t.span(i, j), how), t.starts[i]), fit, first: i, last: j, by: name.isMessage ? BY_MESSAGE : BY_CODE, letters: t.letters(i, j) };
      });
  };

  // ---- Matches

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
      this.decided = new Set();
      this.denied = new Set();
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

    matches() {
      for (const found of this.best.values()) if (this.isReason(found)) found.confidence = GUESS;
      const all = Array.from(this.best.values()).sort(compare);
      const failed = all.find(({ entry }) => !entry.ok && !isStatusKind(entry.kind) && entry.kind !== TRANSPORT);
      const isOut = ({ confidence, entry, reply, leads }) =>
        confidence > EXACT && !(reply && leads === 0) && (this.denied.has(entry.api) || (this.parts.length > 0 && !reply) || (failed !== undefined && failed.confidence <= confidence));
      return all
        .filter((found) => !(this.asked && found.entry.api !== this.asked) && !(isSuccess(found.entry) && isOut(found)))
        .map(({ confidence, entry, reason, decision }) => ({
          confidence: confidences[confidence], entry: entry.shown, ...idsOf(decision || this.noted.get(entry.api)),
          why: this.redact.reduce((text, redact) => redact(text), toText(reason.text)),
          words: reason.words.map(toText),
          count: Math.max(...this.counts.get(entry).map(({ times }) => times)),
          decision: decision ? showDecision(entry, decision) : null,
        }));
    }
  }

  // ---- The index

  const apis = [];
  const keys = new Map();
  const numbers = new Map();
  const loose = new Map();
  const listings = [];
  const prefixes = new Map();
  const examples = new Map();
  const byLetters = new Map();
  const byTitle = new Map();
  const byPrefix = new Map();
  const byPart = new Map();
  let count = 0;

  // isAlone reports whether a status is success whatever else a reply holds.
  const isAlone = (entry) => {
    if (entry.alone === undefined) {
      const first = digits(entry.key.replace("xx", "00"));
      const all = Array.from({ length: entry.kind === CLASS ? 100 : 1 }, (_, i) => first + i);
      entry.alone = all.some((status) => {
        const d = classify(entry.api.table, { status });
        return d.source === "success" && d.entry && d.entry.own === entry;
      });
    }
    return entry.alone;
  };

  // addAPI adds an API. Of the row of an entry, what is left out is as it mostly
  // is.
  const addAPI = ({ title, titles, hosts = [], paths = [], table, says, calls, server = [], groups, examples: lost }) => {
    const api = { title: toBytes(title), fold: table.fold, hosts, paths: paths.map(toBytes), says, calls, server, statuses: new Map(), classes: new Map(), failures: new Map() };
    api.table = { ...table, codes: [], aliases: [], prefixes: [], statuses: [], classes: [] };
    api.operations = table.operations || [];
    api.index = apis.length;
    apis.push(api);
    for (const own of titles || []) file(byTitle, toBytes(own), api);
    const codes = [];
    const entries = [];
    for (const [kind, folder, start, rows] of groups) {
      for (const row of rows) {
        const [code, message, aliases, page, own, say] = [].concat(row);
        const address = folder + (page || code.toLowerCase().replace(/_/g, "-"));
        const shown = { index: count++, api: title, title: own || start + code, kind, code, address };
        const { action } = says[say || 0];
        const entry = { api, shown, key: toBytes(code), kind: tables.kinds[kind], action, ok: action === "ok", say: say || 0 };
        entries.push(entry);
        all.push(entry);
        if (entry.kind === CODE) codes.push(entry);
        addRow(entry, aliases || []);
        addEntry(entry, aliases || []);
        if (message) {
          addName(entry, toBytes(message), MESSAGE_NAME);
          addTemplate(entry, toBytes(message));
        }
      }
    }
    api.table.prefixes.sort((a, b) => b.own.key.length - a.own.key.length);
    listings.push(codes);
    api.success = [api.statuses.get(200), api.classes.get(2)].find((entry) => entry && entry.ok);
    for (const [place, key, operation] of lost || []) file(examples, toBytes(key), { entry: entries[place], operation });
  };

  // addRow adds an entry to the table by which its API decides.
  const addRow = (own, aliases) => {
    const { table } = own.api;
    const { kind, code } = own.shown;
    const row = { code, ...own.api.says[own.say], own };
    const list = { code: table.codes, prefix: table.prefixes, status: table.statuses, status_class: table.classes }[kind];
    if (kind === "code") for (const alias of aliases) table.aliases.push([alias, table.codes.length]);
    if (list) list.push(row);
    else if (own.kind !== TRANSPORT) table[kind] = row;
  };

  const addEntry = (entry, aliases) => {
    const { api, key, kind } = entry;
    if (kind === CODE) {
      addCode(entry, key, CODE_NAME);
      for (const alias of aliases) addCode(entry, toBytes(alias), ALIAS_NAME);
    } else if (kind === PREFIX) {
      const prefix = key.slice(0, -1);
      file(keys, key, entry);
      if (prefix) file(prefixes, prefix, entry);
      if (trim(prefix, " ").includes(" ") && squash(prefix)) file(byPrefix, squash(prefix), entry);
    } else if (kind === STATUS) {
      api.statuses.set(digits(key), entry);
    } else if (kind === CLASS || kind === TRANSPORT) {
      if (kind === TRANSPORT) api.failures.set(key, entry);
      if (kind === CLASS) api.classes.set(digits(key[0]), entry);
      file(loose, fold(key), entry);
    }
  };

  const isNumber = (code) => /^[+-]*[0-9]+(?:\.[0-9]+)?$/.test(code);

  // addTemplate files a message with a placeholder by its longest part.
  const addTemplate = (entry, message) => {
    const parts = message.split(/%(?:[0-9]+\$)?[sdv]|%\([A-Za-z_]+\)[sd]|%[0-9]|\{[0-9A-Za-z_]*\}/).map((part) => trim(part, " "));
    const sizes = parts.map((part) => squash(part).length);
    const place = sizes.indexOf(Math.max(...sizes));
    if (parts.length < 2 || sizes[place] < limits.cut || !parts[place].includes(" ")) return;
    file(byPart, squash(parts[place]), { entry, message, before: parts.slice(0, place), after: parts.slice(place + 1) });
  };

  const addCode = (entry, code, kind) => {
    file(keys, code, entry);
    if (isNumber(code)) file(numbers, code, entry);
    else addName(entry, code, kind);
  };

  const addName = (entry, text, kind) => {
    const letters = squash(text);
    if (letters) file(byLetters, letters, [entry, kind, text]);
  };

  const all = [];
  catalog.forEach(addAPI);

  // The cards on what entries say in some replies follow those of all entries: of each
  // entry its variants, and what differs in operations.
  let cards = count;
  for (const entry of all) {
    const { variants = [], by_operation = [] } = entry.api.says[entry.say];
    entry.card = cards;
    cards += variants.length + by_operation.length;
  }

  const cardOf = (entry, { variant, operation }) => {
    const { variants = [], by_operation = [] } = entry.api.says[entry.say];
    if (variant > 0) return entry.card + variant - 1;
    const call = by_operation.findIndex((own) => own.operation === operation);
    return call < 0 ? entry.shown.index : entry.card + variants.length + call;
  };

  const order = (a, b) => (a.letters < b.letters ? -1 : 1);
  const titles = new Lexicon(Array.from(byTitle));
  const saidPrefixes = new Lexicon(Array.from(byPrefix));
  const templates = new Lexicon(Array.from(byPart));
  const spellings = new Lexicon(Array.from(byLetters, ([letters, rows]) => [letters, new Spelling(letters, rows)]));
  const lengths = Array.from(new Set(Array.from(prefixes.keys(), (prefix) => prefix.length))).sort((a, b) => b - a);

  // lazy puts off what only typos need.
  const lazy = (make) => {
    let made;
    return () => (made = made || make());
  };

  const reversed = (s) => s.split("").reverse().join("");

  const backward = lazy(() => new Lexicon(spellings.items.map((spelling) => [reversed(spelling.letters), spelling])));

  const tails = lazy(() => {
    const all = new Map();
    for (const codes of listings) {
      const starts = new Map();
      const split = codes.map((entry) => ({ entry, words: cut(entry.key).words() }));
      for (const { words } of split) file(starts, words[0], words);
      for (const { entry, words } of split) {
        if (words.length > 2 && starts.get(words[0]).length >= limits.commonStart) file(all, words.slice(1).join(""), entry);
      }
    }
    return all;
  });

  // startingWith yields what in a list ordered by letters starts with some, at
  // most as many as are checked.
  const startingWith = (lexicon, letters) => {
    const start = lexicon.from(letters);
    let end = start;
    while (end < Math.min(lexicon.letters.length, start + limits.checks) && lexicon.letters[end].startsWith(letters)) end++;
    return lexicon.items.slice(start, end);
  };

  const exactly = (letters) => {
    const spelling = spellings.items[spellings.from(letters)];
    return spelling && spelling.letters === letters ? spelling : undefined;
  };

  // ---- Addresses

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

  // ---- Finding replies

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
    for (const { entry, operation } of examples.get(key)) {
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
    return readPrinted(text, start);
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
    const calls = recordedCalls(object);
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
    const status = recordedStatus(JSON.parse(toText(object)));
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

  // ---- Recorded calls

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

  const findText = (view, f) => {
    const body = trimBody(view);
    if (!body || "{[<\"".includes(body[0])) return;
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
      const text = readBody(lines.slice(body, end));
      if (header.length > 0 || body > i + 1 || /^[{[<]/.test(trimSpace(text))) {
        all.push({ reply: newReply(Number(status[1]), header, text), part: lines.slice(i, end).join("\n"), at: starts[i], whole: true });
        end = i;
      }
    }
    if (all.length > 0) return all;
    const [header, body] = readHeader(lines, 0, lines.length, NAME);
    if (header.length > 0 && body < lines.length && !unmarked(lines[body - 1])) {
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

  const readBody = (lines) => lines.filter((line) => !/^(?:[*>] |[{}] \[)/.test(line)).join("\n");

  // ---- Finding keys, names, numbers and prefixes

  const findKey = (t, f) => {
    const key = trim(t.clean, limits.wrapping);
    if (key.length > limits.key) return;
    for (const whole of [trimSpace(t.clean), key]) {
      for (const entry of keys.get(whole) || []) {
        f.add(candidate(EXACT, entry, whole === entry.key ? because("key", whole) : because("keyAlias", whole, entry.key)));
      }
    }
    for (const entry of loose.get(fold(key)) || []) f.add(candidate(EXACT, entry, because("key", entry.key)));
  };

  const findNames = (t, f) => {
    t.names ??= namesIn(t);
    const covered = new Uint8Array(t.last + 1);
    for (const hit of t.names) {
      f.add({ ...hit });
      covered.fill(1, hit.first, hit.last + 1);
    }
    return covered;
  };

  // namesIn returns the hits that count.
  const namesIn = (t) => {
    const hits = [];
    const take = (spelling, i, j) => hits.push(...judge(spelling, t, i, j));
    for (let i = 0; i <= t.last && hits.length < limits.hits; i++) {
      spellings.walk(t, i, bridges, take);
    }
    const kept = outermost(hits);
    for (const [k, hit] of kept.entries()) {
      if (t.isPast(hit.at, t.ends[hit.last], endBefore(t, kept, k), startAfter(t, kept, k))) Object.assign(hit, { past: 1, confidence: Math.max(hit.confidence, LIKELY) });
    }
    return kept;
  };

  // isTaken reports whether a name took one of the atoms i to j.
  const isTaken = (covered, i, j) => {
    for (; i <= j; i++) if (covered[i]) return true;
    return false;
  };

  // bridges reports whether a name may go on after the gap behind atom i.
  const bridges = (t, i) => {
    const length = t.starts[i + 1] - t.ends[i];
    return length <= 3 || (length <= 12 && isIndent(t.gap(i)));
  };

  const isIndent = (gap) => gap.split("\n").length === 2 && !trim(gap, " \n>|#*-_=");

  // endBefore and startAfter return where the last hit before one ends, and where the
  // first after it starts.
  const endBefore = (t, hits, k) => {
    for (let i = k - 1; i >= 0; i--) if (hits[i].last < hits[k].first) return t.ends[hits[i].last];
    return 0;
  };

  const startAfter = (t, hits, k) => {
    for (let i = k + 1; i < hits.length; i++) if (hits[i].first > hits[k].last) return t.starts[hits[i].first];
    return t.clean.length;
  };

  // outermost leaves out the hits inside longer ones that are no less sure. Hits
  // are in order of their first atom, then of their last.
  const outermost = (hits) => {
    const reach = [-1, -1, -1];
    const kept = [];
    for (let start = 0, end; start < hits.length; start = end) {
      const far = [-1, -1, -1];
      for (end = start; end < hits.length && hits[end].first === hits[start].first; end++) far[hits[end].confidence] = hits[end].last;
      for (const hit of hits.slice(start, end)) {
        const surest = (lasts) => Math.max(...lasts.slice(0, hit.confidence + 1));
        if (surest(reach) < hit.last && surest(far) <= hit.last) kept.push(hit);
      }
      far.forEach((last, rank) => (reach[rank] = Math.max(reach[rank], last)));
    }
    return kept;
  };

  const findNumbers = (t, f) => {
    const whole = findStatus(t, f) || findReason(t, f);
    for (let i = 0; i <= t.last; i++) {
      if (t.firsts[i] < 48 || t.firsts[i] > 57 || !t.isNumber(i)) continue;
      if (!whole) findStatusAt(t, i, f);
      const number = t.signed(i);
      if (!numbers.has(number)) continue;
      const [label] = t.label(i);
      const isSure = t.labelled(i) || (isThrown(label) && t.pauses(i));
      if (!isSure && !t.isMarked(i)) continue;
      for (const entry of numbers.get(number)) {
        f.add(candidate(isSure ? LIKELY : GUESS, entry, because("number", number, quoted(isSure ? label : t.before(i, 1))), t.starts[i], 0, BY_CODE));
      }
    }
  };

  const isStatus = (word) => /^[1-5][0-9][0-9]$/.test(word);

  const findStatus = (t, f) => {
    if (t.last >= limits.statusWords) return false;
    for (let i = afterTitles(f.titles, 0); i <= t.last; i = afterTitles(f.titles, i + 1)) {
      const word = t.letters(i, i);
      const number = cutPrefix(word, "http");
      if (isStatus(number) && (number !== word || t.isNumber(i))) {
        const status = Number(number);
        const part = (t.last === 0 && t.before(i, 1) === "#") || t.signs(i) || !t.onlyMarks(limits.statusMarks);
        if (part || !t.endsAfter(i, status)) return false;
        f.statuses.push(status);
        addStatus(status, EXACT, t.starts[i], f);
        return true;
      }
      if (!tables.statusWords.includes(word) && !t.isVersion(i)) return false;
    }
    return false;
  };

  const findReason = (t, f) => {
    const i = afterTitles(f.titles, 0);
    if (i >= t.last || t.last - i >= limits.statusWords || !t.onlyMarks(limits.statusMarks)) return false;
    for (let k = i; k < t.last; k++) if (!bridges(t, k) || trim(t.gap(k), " \n>'")) return false;
    const letters = t.letters(i, t.last);
    const status = Object.keys(tables.phrases).find((status) => status >= 400 && tables.phrases[status].includes(letters));
    if (status) addStatus(Number(status), LIKELY, t.starts[i], f);
    return Boolean(status);
  };

  const findStatusAt = (t, i, f) => {
    const word = t.letters(i, i);
    const status = Number(word);
    if (!isStatus(word) || t.signs(i) || t.exits(i) || !saysStatus(t, i, status, f.titles)) return;
    f.statuses.push(status);
    addStatus(status, status === limits.proxy && !isListed(status) ? GUESS : LIKELY, t.starts[i], f);
  };

  const CALLED_ADDRESS = new RegExp(tables.calledAddress);
  const endsCall = (t, i) => t.pauses(i) && CALLED_ADDRESS.test(t.clean.slice(Math.max(0, t.starts[i] - limits.before), t.starts[i]));

  const saysStatus = (t, i, status, titles) => {
    const known = isKnown(status);
    const [label, kind] = t.statusLabel(i);
    if (t.follows(i, phrases(status))) return true;
    if (!known && status < 400) return false;
    if (tables.statusLabels.includes(label) || tables.statusLabels.includes(kind + label)) return true;
    if ((kind === "response" && label === "code") || (label && t.isVersion(i - 1))) return true;
    if (!known || status < 400) return false;
    if ((label !== "reason" && t.labelled(i)) || t.follows(i, tables.statusNouns) || endsCall(t, i)) return true;
    if (isThrown(label) && (t.pauses(i) || (i < t.last && /[A-Z]/.test(t.clean[t.starts[i + 1]])))) return true;
    if (label && titles.ends.has(i - 1) && t.pauses(i)) return true;
    return tables.countless.includes(label) && t.follows(i, tables.statusPlurals);
  };

  const addStatus = (status, confidence, at, f) => {
    const other = namedWithout(status, f);
    for (const { statuses, classes, index } of apis) {
      if (f.decided.has(index + " " + status)) continue;
      const own = statuses.get(status);
      const entry = own || classes.get(classOf(status));
      if (!entry) continue;
      const sure = other ? GUESS : own ? confidence : Math.max(confidence, LIKELY);
      const told = own ? because("status", String(status)) : because("class", String(status), entry.key);
      const reason = other ? because("notListed", told, named(other)) : told;
      f.add({ ...candidate(sure, entry, reason, at, 0, BY_NUMBER), status });
    }
  };

  // namedWithout returns the first of the APIs that the text names where none of them
  // lists a status.
  const namedWithout = (status, { titles }) => {
    const named = apis.filter((api) => titles.apis.has(api));
    return named.some(({ statuses, classes }) => statuses.has(status) || classes.has(classOf(status))) ? undefined : named[0];
  };

  const findPrefixes = (t, f) => {
    if (lengths.length === 0) return;
    saidPrefixes.walkAll(t, bridges, (entries, i, j) => {
      for (const entry of entries) {
        const prefix = trimEnd(entry.key.slice(0, -1), " ");
        if (!t.clean.startsWith(prefix.slice(cut(prefix).starts[0]), t.starts[i]) || t.touches(i, j, "_-")) continue;
        f.add(candidate(j - i >= 2 ? LIKELY : GUESS, entry, because("start", entry.key), t.starts[i], 0, BY_CODE));
      }
    });
    for (let i = 0, j; i <= t.last; i = j + 1) {
      j = t.wordEnd(i);
      findPrefix(t, i, j, f);
    }
  };

  const findPrefix = (t, i, j, f) => {
    const word = t.span(i, j);
    if (word.length > limits.word || keys.has(word)) return;
    if (!/[0-9_]/.test(word) && LOWER.test(toText(word))) return;
    const done = new Set();
    for (const length of lengths) {
      const prefix = word.slice(0, length);
      for (const entry of (length < word.length && prefixes.get(prefix)) || []) {
        const confidence = t.prefixConfidence(i, j, prefix);
        if (done.has(entry.api) || confidence < 0) continue;
        done.add(entry.api);
        f.add(candidate(confidence, entry, because("startsAs", word, entry.key), t.starts[i], 0, BY_CODE));
      }
    }
  };

  const findTemplates = (t, f) => {
    templates.walkAll(t, bridges, (all, i, j) => {
      for (const own of all) {
        const at = fills(t, own, i, j);
        if (at >= 0) f.add(candidate(LIKELY, own.entry, because("template", quoted(own.message)), at, 0, BY_MESSAGE));
      }
    });
  };

  // fills returns where the first part of a template starts, if all stand around atoms i
  // to j.
  const fills = (t, { before, after }, i, j) => {
    let start = t.starts[i];
    let end = t.ends[j];
    for (const part of before.slice().reverse()) {
      const line = t.clean.slice(Math.max(0, start - limits.value - part.length), start).split("\n").pop();
      const at = line.lastIndexOf(part);
      if (at < 0) return NONE;
      start -= line.length - at;
    }
    for (const part of after) {
      const at = t.clean.slice(end, end + limits.value + part.length).split("\n")[0].indexOf(part);
      if (at < 0) return NONE;
      end += at + part.length;
    }
    return start;
  };

  const ALONE = 1;

  const wordings = tables.failures.flatMap(([kind, levels]) =>
    levels.flatMap((texts, tells) =>
      texts
        .split("\n")
        .filter(Boolean)
        .map((text) => {
          const [start, rest] = text.split("*");
          return [squash(start), { kind, tells, marks: start.replace(/[0-9A-Za-z]/g, ""), rest: squash(rest || ""), trail: text.slice(-1).replace(/[0-9A-Za-z]/, "") }];
        }),
    ),
  );
  const failurePhrases = new Lexicon(wordings);

  const findFailures = (t, covered, f) => {
    let found = new Map();
    let say = Infinity;
    let longest;
    const take = (phrase, first, j) => {
      const last = phrase.rest ? t.restAfter(j, phrase.rest) : j;
      if (last < 0 || !t.isPhrase(first, last, phrase.marks) || !t.tail(last).startsWith(phrase.trail) || isTaken(covered, first, last)) return;
      if (phrase.tells !== ALONE || t.isAlone(first, last)) longest = { ...phrase, first, last };
    };
    for (let i = 0; i <= t.last; i++) {
      longest = undefined;
      failurePhrases.walk(t, i, bridges, take);
      if (!longest) continue;
      if (longest.tells < say) {
        say = longest.tells;
        found = new Map();
      }
      if (longest.tells === say && !found.has(longest.kind)) found.set(longest.kind, longest);
      i = longest.last;
    }
    tables.failures.forEach(([kind], order) => {
      const said = found.get(kind);
      if (!said) return;
      const reason = because("noAnswer", shortly(t.span(said.first, said.last)));
      for (const { failures } of apis) {
        if (failures.has(kind)) f.add(candidate(LIKELY, failures.get(kind), reason, t.starts[said.first], order));
      }
    });
  };

  // ---- What is decided

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
    const said = { verdict: verdictOn(d, next), remedy: "", who: "", retry: "", answer: "", wait: "", notes: notesOn(entry, d) };
    if (d.override > 0 && !leaves(entry, d)) {
      const { remedy = "", who = "" } = api.server[d.override - 1];
      Object.assign(said, { remedy, who, answer: adviceOn(d), retry: next.again ? fill("retryYes", windowOf(next)) : fill("retryNo") });
    }
    if (next.reason === "server_delay") {
      const wait = inWords(d.serverDelay);
      Object.assign(said, { remedy: fill("later"), retry: fill("notNow", wait), answer: fill("answerTooLong", wait, title) });
    } else if (next.reason === "effect") {
      Object.assign(said, { retry: fill("ifCertain"), answer: fill("answerCheck") });
    }
    if (said.answer) said.answer = [said.answer, causeOf(entry, title)].filter(Boolean).reduce((all, text) => fill("sentences", all, text));
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

  const causeOf = ({ kind, shown, ok }, title) => {
    if (ok) return "";
    if (kind === TRANSPORT) return fill("causeFailure", title);
    if (kind === UNKNOWN || kind === UNRECOGNISED) return fill("causeUnknown", title);
    if (isStatusKind(kind)) return fill("causeStatus", title, shown.code);
    return fill("causeCode", title, shown.title);
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

  // ---- Finding typos

  const findNear = (t, covered, f) => {
    if (spellings.items.length === 0 || t.last < 0) return;
    const span = t.ends[t.last] - t.starts[0];
    if (!covered.includes(1) && t.flat.length <= spellings.longest + 2 && span <= limits.key) guess(t, 0, t.last, f);
    const seen = new Set();
    for (let i = 0, j; i <= t.last && seen.size < limits.words; i = j + 1) {
      j = t.wordEnd(i);
      const length = t.froms[j + 1] - t.froms[i];
      if (t.whole(i, j) || length < limits.typo - 1 || length > spellings.longest + 1 || isTaken(covered, i, j)) continue;
      const letters = t.letters(i, j);
      if (seen.has(letters) || !t.looksLikeCode(i, j)) continue;
      seen.add(letters);
      guess(t, i, j, f);
    }
  };

  const guess = (t, i, j, f) => {
    const letters = t.letters(i, j);
    if (exactly(letters)) return;
    const add = (entry, distance, name, ...values) => {
      f.add(candidate(GUESS, entry, because(name, shortly(t.span(i, j)), ...values), t.starts[i], distance));
    };
    if (guessTypos(letters, t.whole(i, j), add)) return;
    for (const entry of tails().get(letters) || []) add(entry, 3, "headless", entry.key);
    const addSpelling = (spelling, words, name) => {
      for (const { isMessage, entry, text, words: own } of spelling ? spelling.names : []) {
        if (!isMessage && own.length >= words) add(entry, 3, name, text);
      }
    };
    if (i < j && /^err(?:or)?$/.test(t.letters(i, i))) addSpelling(exactly(t.letters(i + 1, j)), 2, "more");
    if (j === t.last && /^(?:[. ]|\xe2\x80\xa6)*$/.test(t.tail(j))) addSpelling(cutShort(letters), 1, "cut");
  };

  // guessTypos adds the spellings near to letters, and reports whether there are any.
  const guessTypos = (letters, whole, add) => {
    let found = 0;
    for (const { spelling, distance } of near(letters, whole)) {
      for (const { isMessage, isWord, entry, text } of spelling.names) {
        if (isMessage ? !whole || letters.length < limits.mangled : isWord && spelling.letters.length < limits.typo) continue;
        if (++found > limits.near) return true;
        if (isMessage) add(entry, 1, "nearMessage", quoted(text));
        else if (distance === 1) add(entry, 1, "oneLetter", text);
        else add(entry, distance, "manyLetters", { text: String(distance), words: [] }, text);
      }
    }
    return found > 0;
  };

  const cutShort = (letters) => {
    if (letters.length < limits.cut) return undefined;
    const all = startingWith(spellings, letters).filter(({ names }) => !names[0].isMessage);
    if (all.length !== 1 || letters.length * 5 < all[0].letters.length * 3) return undefined;
    return /[0-9]/.test(all[0].letters.slice(letters.length)) ? undefined : all[0];
  };

  const near = (letters, whole) => {
    const n = letters.length;
    if (n + 1 < limits.typo) return [];
    const found = within(letters, letters.slice(0, (n >> 1) - 1), letters.slice(n >> 1), 1);
    if (found.length > 0 || !whole || n + 2 < limits.typos) return found;
    const third = Math.floor(n / 3);
    return within(letters, letters.slice(0, third), letters.slice(n - third), 2);
  };

  const within = (letters, start, end, limit) => {
    const isNear = ({ letters: want }) => {
      if (want.length < (limit === 1 ? limits.typo : limits.typos)) return false;
      return isOneTypo(letters, want) || (limit === 2 && sameDigits(letters, want) && distance(letters, want) === 2);
    };
    const all = new Set(startingWith(spellings, start).concat(startingWith(backward(), reversed(end))));
    return Array.from(all).filter(isNear).sort(order).map((spelling) => ({ spelling, distance: limit }));
  };

  const isOneTypo = (typed, want) => {
    const least = Math.min(typed.length, want.length);
    if (Math.max(typed.length, want.length) > least + 1 || typed === want) return false;
    let from = 0;
    while (from < least && typed[from] === want[from]) from++;
    let end = 0;
    while (end < least - from && typed[typed.length - 1 - end] === want[want.length - 1 - end]) end++;
    const wrote = typed.slice(from, typed.length - end);
    const meant = want.slice(from, want.length - end);
    if (/[0-9]/.test(meant)) return false;
    if (!meant) return wrote.length === 1 && (end > 0 || !areDigits(wrote));
    if (meant.length === 1) return wrote.length <= 1;
    return meant.length === 2 && wrote === reversed(meant);
  };

  const sameDigits = (a, b) => a.replace(/[^0-9]/g, "") === b.replace(/[^0-9]/g, "");

  // distance returns the number of typos between two texts, or 3 for more than
  // two.
  const distance = (a, b) => {
    let before = [];
    let row = Array.from({ length: b.length + 1 }, (_, j) => j);
    for (let i = 1; i <= a.length; i++) {
      const next = [i];
      for (let j = 1; j <= b.length; j++) {
        next[j] = Math.min(row[j] + 1, next[j - 1] + 1, row[j - 1] + (a[i - 1] === b[j - 1] ? 0 : 1));
        if (i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1]) next[j] = Math.min(next[j], before[j - 2] + 1);
      }
      if (Math.min(...next) > 2) return 3;
      before = row;
      row = next;
    }
    return row[b.length];
  };

  // ---- Guessing

  const wordsOf = (name) => toBytes(tables.words[name]).split(" ");
  const errorWords = wordsOf("errors");
  const fronts = wordsOf("fronts");
  const wideSayings = wordsOf("wideSayings");
  const manyEnds = wordsOf("manyEnds");
  const laterSayings = wordsOf("laterSayings");
  const wideEnds = wordsOf("wideEnds");
  const adverbs = new Set(wordsOf("adverbs"));
  const [sayings, receipts, articles, technical, speakers, followers] = ["sayings", "receipts", "articles", "technical", "speakers", "followers"].map((name) => new Set(wordsOf(name)));

  // alike makes the same what looks the same.
  const glyphs = new Map(tables.glyphs.map((pair) => pair.map(toBytes)));
  const GLYPH = new RegExp(Array.from(glyphs.keys()).join("|"), "g");
  const alike = (letters) => letters.replace(GLYPH, (glyph) => glyphs.get(glyph));
  const without = (words, k) => words.slice(0, k).concat(words.slice(k + 1)).join("");
  const isMost = (rest, all) => rest.length >= limits.typo && rest.length * 3 >= all.length * 2;

  const lesser = lazy(() => {
    const own = { glyphs: new Map(), words: new Map() };
    for (const entry of listings.flat()) {
      const t = cut(entry.key);
      if (isNumber(entry.key) || t.flat.length < limits.typo) continue;
      file(own.glyphs, alike(t.flat), entry);
      const words = t.words();
      words.forEach((word, k) => {
        const rest = without(words, k);
        const old = own.words.get(rest) || [];
        if (!/[0-9]/.test(word) && isMost(rest, t.flat) && old[old.length - 1] !== entry) file(own.words, rest, entry);
      });
    }
    own.tails = new Lexicon(Array.from(tails()).filter(([tail]) => tail.length >= limits.cut));
    return own;
  });

  const findGuesses = (t, f) => {
    const holdsCode = Array.from(f.best.keys()).some(({ kind }) => kind === CODE || kind === PREFIX);
    if (!holdsCode) guessCodes(t, f);
    if (f.best.size === 0) guessStatuses(t, f);
  };

  const guessCodes = (t, f) => {
    for (let i = 0, j, tried = 0; i <= t.last && tried < limits.words; i = j + 1) {
      j = looseEnd(t, i);
      const length = t.froms[j + 1] - t.froms[i];
      if (length < limits.typo || length > 2 * spellings.longest || !(t.looksLikeCode(i, j) || t.whole(i, j))) continue;
      tried++;
      guessCode(t, i, j, f);
    }
    lesser().tails.walkAll(t, bridges, (entries, i, j) => {
      if (!t.isPhrase(i, j, "")) return;
      const told = (t.opens(i) || isSaid(t, i)) && t.pauses(j);
      for (const entry of entries.filter(({ key }) => told || cut(key).words()[0] === wordAfter(t, j))) f.add(candidate(GUESS, entry, because("headless", shortly(t.span(i, j)), entry.key), t.starts[i], 3));
    });
  };

  const looseEnd = (t, i) => {
    while (i < t.last && (t.touchesRight(i, "_-") || /^ ?_ ?$/.test(t.gap(i)) || /^(?:  _|_  )$/.test(t.gap(i)))) i++;
    return i;
  };

  const guessCode = (t, i, j, f) => {
    const letters = t.letters(i, j);
    const add = (entries, distance, name, ...more) => {
      for (const entry of entries.slice(0, limits.near)) f.add(candidate(GUESS, entry, because(name, shortly(t.span(i, j)), entry.key, ...more), t.starts[i], distance));
      return entries.length > 0;
    };
    const { glyphs, words: fewer } = lesser();
    if (add(glyphs.get(alike(letters)) || [], 2, "alike") || i === j) return;
    if (add(fewer.get(letters) || [], 3, "less")) return;
    const words = [];
    for (let k = i; k <= j; k++) words.push(t.letters(k, k));
    for (let k = 0; k < words.length; k++) {
      const rest = without(words, k);
      if (/[0-9]/.test(words[k]) || !(isMost(rest, letters) || (k === 0 && fronts.includes(words[k])))) continue;
      if (add(codesOf(exactly(rest)), 3, "more")) return;
    }
    const [first, second] = words;
    if (words.length > 2 && fronts.includes(first) && fronts.includes(second)) add(codesOf(exactly(words.slice(2).join(""))), 3, "behind", first + " " + second);
  };

  const codesOf = (spelling) => (spelling ? spelling.names.filter(({ isMessage, words }) => !isMessage && words.length > 1).map(({ entry }) => entry) : []);

  const isSaid = (t, i) => sayings.has(wordBefore(t, i)) || receipts.has(wordBefore(t, i));

  const wordBefore = (t, i) => {
    if (i === 0 || t.starts[i] - t.ends[i - 1] > limits.labelGap || trim(t.gap(i - 1), " :=\"'#([")) return "";
    return t.letters(i - 1, i - 1);
  };

  const guessStatuses = (t, f) => {
    let isTechnical;
    for (let i = 0; i <= t.last; i++) {
      const word = t.letters(i, i);
      if (!/^[45][0-9][0-9]/.test(word)) continue;
      if (isTechnical === undefined) isTechnical = t.froms.some((_, k) => k <= t.last && technical.has(t.letters(k, k)));
      const isMany = manyEnds.includes(word.slice(3)) && isKnown(Number(word.slice(0, 3)));
      if (isMany && pausesOrGoesOn(t, i) && (isTechnical || isSaid(t, i) || (i > 0 && isSaid(t, i - 1)))) addStatus(Number(word.slice(0, 3)), GUESS, t.starts[i], f);
      if (word.length !== 3 || !t.isNumber(i) || t.signs(i) || t.exits(i) || !isKnown(Number(word))) continue;
      if (isCalledError(t, i) || isReported(t, i, isTechnical, f.titles)) addStatus(Number(word), GUESS, t.starts[i], f);
    }
  };

  const isListed = (status) => apis.some(({ statuses }) => statuses.has(status));
  const isKnown = (status) => phrases(status).length > 0 || isListed(status);

  const isCalledError = (t, i) => {
    const before = wordBefore(t, i);
    const after = i < t.last && /^ ?$/.test(t.gap(i)) ? t.letters(i + 1, i + 1) : "";
    return errorWords.some((word) => (word < "\xd4" ? before === word || after === word : before.endsWith(word) || after.startsWith(word)));
  };

  const wordAfter = (t, i) => (i < t.last && t.gap(i) === " " ? t.letters(i + 1, i + 1) : "");
  const pausesOrGoesOn = (t, i) => t.pauses(i) || followers.has(wordAfter(t, i));

  const isSaidBehind = (t, i) => i < t.last && !trim(t.gap(i), " ") && wideEnds.some((end) => t.letters(i + 1, i + 1).startsWith(end));

  const isReported = (t, i, isTechnical, titles) => {
    let before = i - 1;
    let word = wordBefore(t, i);
    for (const between of [articles, adverbs]) if (before > 0 && between.has(word)) word = wordBefore(t, before--);
    if ((isTechnical && laterSayings.includes(wordAfter(t, i))) || isSaidBehind(t, i)) return true;
    if (!pausesOrGoesOn(t, i)) return false;
    if (sayings.has(word) && (isTechnical || before === 0 || titles.ends.has(before - 1) || speakers.has(wordBefore(t, before)))) return true;
    return (isTechnical && receipts.has(word)) || wideSayings.some((say) => word.endsWith(say));
  };

  // wellFormed puts a space in place of half characters.
  const wellFormed = (text) => (/[\ud800-\udfff]/.test(text) ? text.replace(/\p{Cs}+/gu, " ") : text);

  // explain returns the entries that a text may speak of, best first: objects
  // with confidence (exact, likely or guess), why, words (of the text that led to it), count,
  // requestId, field, entry, which has the index in the catalog, api, title, kind, code and address, and decision. Asked is the
  // place of the API among all that it is about, if somebody says so.
  const explain = (text, asked) => {
    const { pasted, t } = read(String(text));
    const f = new Findings(t, apis[asked]);
    findReply(pasted, t, f);
    findKey(t, f);
    const covered = findNames(t, f);
    findNumbers(t, f);
    findPrefixes(t, f);
    findTemplates(t, f);
    findFailures(t, covered, f);
    findNear(t, covered, f);
    findGuesses(t, f);
    return f.matches();
  };

  // read cuts a text, unless it was the last that somebody asked about: a page asks twice
  // where an API is chosen.
  let recent = {};
  const read = (text) => {
    if (recent.text === text) return recent;
    const pasted = head(toBytes(wellFormed(text.slice(0, limits.text + 1))), limits.text);
    const lines = cleanLines(toText(pasted));
    const t = new Text(dropQuoteMarks(lines));
    t.noteQuotes(lines);
    return (recent = { text, pasted, t });
  };

  // nearest returns the codes that a text without any match is most like.
  const nearest = (text) => {
    const t = new Text(clean(toText(head(toBytes(wellFormed(String(text))), limits.key))));
    const found = [];
    for (let i = 0, j; i <= t.last; i = j + 1) {
      j = t.wordEnd(i);
      if (!t.looksLikeCode(i, j) && !t.whole(i, j)) continue;
      const pairs = pairsOf(t.letters(i, j));
      for (const spelling of spellings.items) {
        const alike = alikeness(pairs, pairsOf(spelling.letters));
        if (alike >= limits.alike) found.push(...codesOf(spelling).map((entry) => ({ entry, alike })));
      }
    }
    found.sort((a, b) => b.alike - a.alike || a.entry.shown.index - b.entry.shown.index);
    return Array.from(new Set(found.map(({ entry }) => entry.shown))).slice(0, limits.near);
  };

  const pairsOf = (letters) => {
    const pairs = new Map();
    for (let i = 0; i + 2 <= letters.length; i++) pairs.set(letters.slice(i, i + 2), (pairs.get(letters.slice(i, i + 2)) || 0) + 1);
    return pairs;
  };

  const alikeness = (a, b) => {
    let same = 0;
    let all = 0;
    for (const [pair, n] of a) {
      same += Math.min(n, b.get(pair) || 0);
      all += n;
    }
    for (const n of b.values()) all += n;
    return (2 * same) / Math.max(1, all);
  };

  return { explain, nearest };
};
