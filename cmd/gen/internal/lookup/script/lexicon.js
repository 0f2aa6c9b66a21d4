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
    this.bytes = new Int32Array(256); // as heads, by the first byte
    this.longest = 0;
    for (let i = this.letters.length - 1; i >= 0; i--) {
      const letters = this.letters[i];
      this.longest = Math.max(this.longest, letters.length);
      this.bytes[letters.charCodeAt(0)] = i + 1;
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

  // walk calls found with what starts with atom i, one of the starts, with that atom and
  // with the one that it ends with, the shortest first. A text goes on over the gaps that
  // are joints.
  walk(t, i, isJoint, found) {
    let lo = (this.shorts[t.firsts[i]] ? this.bytes[t.firsts[i]] : this.heads[t.heads[i]]) - 1;
    for (let j = i; j <= t.last && (j === i || isJoint(t, j - 1)); j++) {
      const letters = t.letters(i, j);
      if (letters.length > this.longest) return;
      lo = this.from(letters, lo);
      if (lo === this.letters.length || !this.letters[lo].startsWith(letters)) return;
      if (this.letters[lo] === letters) found(this.items[lo], i, j);
    }
  }

  walkAll(t, isJoint, found) {
    for (const i of this.starts(t)) this.walk(t, i, isJoint, found);
  }

  // starts returns the atoms that something may start with.
  starts({ firsts, heads }) {
    const all = [];
    if (this.letters.length === 0) return all;
    const { shorts, heads: own } = this;
    for (let i = 0; i < firsts.length; i++) if (shorts[firsts[i]] || own[heads[i]]) all.push(i);
    return all;
  }
}
