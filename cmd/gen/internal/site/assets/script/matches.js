// Which matches are shown, and what is said where there are several.

// As many verdicts are shown whole as are equally sure, up to three; the others
// are linked.
const shownWhole = 3;
const shownBrief = 10;

const times = ({ count }) => (count > 1 ? say("Found %d times.", count) : "");

// ofAPI is what follows the name of an entry, so that it is known whose it is.
const ofAPI = ({ api }) => say("%s (%s)", "", api);

const nameOf = ({ entry }) => say("%s of %s|entry of API", entry.title, entry.api);

// linked is an item of a list: a link to an entry, and what follows it.
function linked(entry, after) {
  const anchor = element("a", "", entry.title);
  anchor.href = root + entry.address + ".html";
  return element("li", "", anchor, after);
}

const linkTo = (match) => linked(match.entry, sentences(say("%s.|sentence", ofAPI(match.entry)), sure(match), reason(match), times(match)));

// Of a status, one API may list it and another its class: which of them it comes
// from, nobody can tell.
const isClassOf = (match, first) => first.entry.kind === "status" && match.entry.kind === "status_class" && match.entry.code[0] === first.entry.code[0];
const isAsSure = (match, first) => isClassOf(match, first) || match.confidence === first.confidence;

// Beside what is decided on a reply with its status, only what else is decided on it
// is a verdict.
const isBeside = (match, first) => !match.decision && Boolean(first.decision?.status);

// The API that the customer is known to use, by the name that addresses have.
const apiOf = ({ entry }) => entry.address.split("/")[1];
const chosenAPI = () => byId("api")?.value ?? "";

// surest returns the matches that are shown whole: of those that are as sure as the
// first, the ones of the chosen API, if it has any.
function surest(matches) {
  const all = matches.filter((match) => isAsSure(match, matches[0]) && !isBeside(match, matches[0]));
  const own = all.filter((match) => apiOf(match) === chosenAPI());
  return (own.length > 0 ? own : all).slice(0, shownWhole);
}

const isChoice = (matches) => matches.every((match) => match.entry.title === matches[0].entry.title || isClassOf(match, matches[0]));

// choice says why there is more than one verdict, or that the one is not of the
// chosen API.
function choice(matches) {
  const api = byId("api")?.selectedOptions[0];
  if (matches.length === 1 || !isChoice(matches)) {
    const other = api?.value && !matches.some((match) => apiOf(match) === api.value);
    if (other) return [element("p", "note", say("Nothing of %s fits as well: this is %s’s.", api.label, matches[0].entry.api))];
    return matches.length > 1 ? [element("p", "note", say("More than one answer fits this text."))] : [];
  }
  const apis = new Map(matches.map((match) => [apiOf(match), match.entry.api]));
  const choose = Array.from(apis, ([name, title]) => {
    const button = element("button", "", title);
    button.type = "button";
    button.dataset.api = name;
    return button;
  });
  const question = say("More than one API can say this: %s. Which one does the customer use?", list(Array.from(apis.values())));
  return [element("div", "note", element("p", "", question), element("p", "buttons", ...choose))];
}
