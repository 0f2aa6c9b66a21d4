// What programs print of an object, read as JSON.

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
