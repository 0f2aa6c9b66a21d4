// Surroundings are the methods of texts that say what stands around atoms.
class Surroundings {
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

  // isLoose reports whether an underscore stands between atom i and the next, and spaces.
  isLoose(i) {
    return i < this.last && /^(?: ?_ ?|  _|_  )$/.test(this.gap(i));
  }

  // look notes which atoms may be numbers that tell something, and which may start words
  // that look like codes, so that the steps look at no others.
  look() {
    const { clean, starts, ends, flat, froms, firsts, last } = this;
    const tells = telling();
    this.numbers = [];
    this.coded = [];
    let joined = false; // the atom before is, to this one
    for (let i = 0; i <= last; i++) {
      const from = froms[i];
      const size = froms[i + 1] - from;
      const gap = i < last ? starts[i + 1] - ends[i] : 0;
      const digit = firsts[i] - 48;
      if (digit >= 0 && digit < 10) {
        const isNumber = numbers.size > 0 || (size > 3 ? digit === 4 || digit === 5 : size === 3 && tells[digit * 100 + flat.charCodeAt(from + 1) * 10 + flat.charCodeAt(from + 2) - 528]);
        if (isNumber) this.numbers.push(i);
      }
      const inWord = joined;
      joined = gap === 1 && this.touchesRight(i, "_-");
      if (!inWord && (joined || (size >= limits.typo - 1 && this.hasCapital(i)) || (gap > 1 && this.isLoose(i)) || last === 0)) this.coded.push(i);
    }
  }

  // hasCapital reports whether a capital may stand behind the first character of atom i.
  hasCapital(i) {
    for (let at = this.starts[i] + 1; at < this.ends[i]; at++) {
      const c = this.clean.charCodeAt(at);
      if ((c >= 65 && c <= 90) || c > 127) return true;
    }
    return false;
  }

  words() {
    if (this.last < 0) return [""];
    return this.last > 0 ? Array.from(this.starts, (_, i) => this.letters(i, i)) : humps(this.span(0, 0));
  }

  labelled(i) {
    const [label, kind] = this.label(i);
    if (!label || this.exits(i)) return false;
    if (label === "code") return !kind || tables.codeKinds.includes(kind);
    return tables.numberLabels.includes(label) ? tables.numberKinds.includes(kind) : isCodeLabel(label);
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

  // isPast reports whether the text says of what stands from one place to another
  // that it is over.
  isPast(from, to, start, end) {
    const before = fold(this.clean.slice(Math.max(start, from - limits.past), from));
    const [after, next = ""] = fold(this.clean.slice(to, Math.min(end, to + limits.past))).split(CLAUSE_END);
    const around = PAST_AROUND.exec(before + "\x01" + after);
    if (around && !DENIAL.test(before.slice(0, around.index))) return true;
    return states(before.split(CLAUSE_END).pop(), pastBefore) || states(after, pastAfter) || PAST_NEXT.test(next) || (PAST_THAT.test(next) && states(next, pastAfter));
  }
}

for (const name of Object.getOwnPropertyNames(Surroundings.prototype)) {
  if (name !== "constructor") Text.prototype[name] = Surroundings.prototype[name];
}

const CLAUSE_END = new RegExp(toBytes(tables.clauseEnd));
const PAST_NEXT = new RegExp(limits.pastNext);
const PAST_THAT = new RegExp(toBytes(limits.pastThat));
const PAST_AROUND = new RegExp(toBytes(limits.pastAround));
const DENIAL = new RegExp(toBytes(tables.denial));
const [pastBefore, pastAfter] = [tables.pastBefore, tables.pastAfter].map((all) => all.map(toBytes));

// states reports whether a clause has one of some words, and none before it that denies it.
const states = (clause, all) =>
  all.some((words) => {
    const at = clause.indexOf(words);
    return at >= 0 && !DENIAL.test(clause.slice(0, at));
  });

const isCodeLabel = (word) => tables.codeLabels.some((label) => word === label || (label.endsWith("code") && label !== "code" && word.endsWith(label)));

const isClosing = (tail) => {
  tail = trimStart(tail, " ");
  return !tail || "\n\"'`()[]{}<|*~\\".includes(tail[0]) || /^in (?:\/|[A-Z]:\\)/.test(tail);
};

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
