// What in the text led to a match.

// What stands beside a word: nothing that a word is made of, or a letter of Chinese or
// Japanese, which have no spaces.
const between = "[^\\p{L}\\p{N}]|" + unspaced.source;

// placeOf returns where the text holds what a match was found by, as the start and the
// end, or nothing: the same words, whatever stands between them.
function placeOf(text, match) {
  for (const words of [...match.words, match.entry.code]) {
    const parts = words.match(/[\p{L}\p{N}]+/gu);
    if (!parts || parts.length > 30) continue;
    const found = new RegExp("(^|" + between + ")(" + parts.join("[^\\p{L}\\p{N}]{0,3}") + ")(?=$|" + between + ")", "iu").exec(text);
    if (found) return [found.index + found[1].length, found.index + found[0].length];
  }
  return undefined;
}

const around = 60;

// excerpt shows a place of the text with some text around it, unless it is the whole.
function excerpt(text, [from, to]) {
  const line = (part) => part.replace(/\s+/g, " ");
  const before = line(text.slice(Math.max(0, from - around), from));
  const after = line(text.slice(to, to + around));
  if (!/[\p{L}\p{N}]/u.test(before + after)) return [];
  return [element("p", "found", from > around ? "…" : "", before, element("mark", "", line(text.slice(from, to))), after, to + around < text.length ? "…" : "")];
}

// compared shows what was sent over what the catalog has, with what differs marked.
function compared(sent, listed) {
  const [a, b] = [Array.from(sent), Array.from(listed)];
  let start = 0;
  while (start < Math.min(a.length, b.length) && a[start] === b[start]) start++;
  let end = 0;
  while (end < Math.min(a.length, b.length) - start && a[a.length - 1 - end] === b[b.length - 1 - end]) end++;
  const row = (label, letters) => {
    const [head, middle, tail] = [letters.slice(0, start), letters.slice(start, letters.length - end), letters.slice(letters.length - end)].map((part) => part.join(""));
    return element("div", "", element("dt", "", label), element("dd", "", element("code", "", head, middle && element("mark", "", middle), tail)));
  };
  return element("dl", "compared", row(say("Sent|by the customer"), a), row(say("In the catalog"), b));
}

// evidence says how sure a match is, and shows why.
function evidence(text, match) {
  const parts = [element("p", "sure", element("strong", "sure-" + match.confidence, sure(match)), after(sure(match), sentences(reason(match), times(match))))];
  const place = placeOf(text, match);
  const sent = place && text.slice(...place).replace(/\s+/g, " ");
  if (match.confidence === "guess" && place && sent !== match.entry.code) return [...parts, compared(sent, match.entry.code)];
  return place ? [...parts, ...excerpt(text, place)] : parts;
}
