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
}

// hashHead returns a number of 16 bits for the first bytes of a text.
const hashHead = (a, b, c, d) => Math.imul(a | (b << 8) | (c << 16) | (d << 24), 0x9e3779b1) >>> 16;

const LOG_LINE = new RegExp(tables.logLine);

const isOneOf = (gap, marks) => gap.length === 1 && marks.includes(gap);

const cut = (s) => new Text(toText(s));
const squash = (s) => (isASCII(s) ? s.replace(/[^0-9A-Za-z]+/g, "").toLowerCase() : cut(s).flat);
const phrases = (status) => tables.phrases[status] || [];
