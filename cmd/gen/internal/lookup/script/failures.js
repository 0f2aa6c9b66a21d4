// What programs say where no answer came.

const ALONE = 1;
const THROWN = 2;

const wordings = tables.failures.flatMap(([kind, levels]) =>
  levels.flatMap((texts, tells) =>
    texts
      .split("\n")
      .filter(Boolean)
      .map((text) => {
        const unsent = text[0] === "!";
        const [start, rest] = text.slice(unsent).split("*");
        return [squash(start), { kind, tells, unsent, marks: start.replace(/[0-9A-Za-z]/g, ""), rest: squash(rest || ""), trail: text.slice(-1).replace(/[0-9A-Za-z]/, "") }];
      }),
  ),
);
const failurePhrases = new Lexicon(wordings);

const OWN_BOUND = new RegExp(limits.ownBound);
const isOwnBound = ({ kind, tells, last }, t) => tells === THROWN && kind === "timeout" && OWN_BOUND.test(head(t.clean.slice(t.ends[last]), limits.before));
const isProxied = (at, { text, proxied }) => proxied.some((status) => !text.clean.slice(Math.min(at, status), Math.max(at, status)).includes("\n"));

const findFailures = (t, covered, f) => {
  let found = new Map();
  let say = Infinity;
  let longest;
  const take = (phrase, first, j) => {
    const last = phrase.rest ? t.restAfter(j, phrase.rest) : j;
    if (last < 0 || !t.isPhrase(first, last, phrase.marks) || !t.tail(last).startsWith(phrase.trail) || isTaken(covered, first, last)) return;
    if (phrase.tells !== ALONE || t.isAlone(first, last)) longest = { ...phrase, first, last };
  };
  let last = NONE;
  for (const i of failurePhrases.starts(t)) {
    if (i <= last) continue;
    longest = undefined;
    failurePhrases.walk(t, i, bridges, take);
    if (!longest) continue;
    ({ last } = longest);
    if (isOwnBound(longest, t) || isProxied(t.starts[longest.first], f)) continue;
    if (longest.tells < say) {
      say = longest.tells;
      found = new Map();
    }
    const own = found.get(longest.kind);
    if (own) own.unsent &&= longest.unsent;
    else if (longest.tells === say) found.set(longest.kind, longest);
  }
  tables.failures.forEach(([kind], order) => {
    const said = found.get(kind);
    if (!said) return;
    const reason = because("noAnswer", shortly(t.span(said.first, said.last)));
    for (const { failures } of apis) {
      if (failures.has(kind)) f.add({ ...candidate(LIKELY, failures.get(kind), reason, t.starts[said.first], order), unsent: said.unsent });
    }
  });
};
