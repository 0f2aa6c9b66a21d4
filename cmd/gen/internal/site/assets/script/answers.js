// Answers to customers.

// Who has a program of another kind shows it: by its tool, its stack trace, its library
// or what that says.
const otherProgram = [
  /\bcurl(?:\.exe)?(?:: \(|\/\d| -| ["']?https?:)|^(?:> [A-Z]+ \S+|<) HTTP\/|^\* (?:Connected to|Trying|Host) /m,
  /Traceback \(most recent call last\)|^\s+at [^\n]+(?:[:(]\d+|\(.*\)|:line \d+)|\bException in thread\b|^Caused by: \S+/m,
  /\.(?:py|rb|php|java|cs|rs|[cm]?[jt]sx?)["']?(?::(?:line )?\d+|, line \d+| on line \d+|\(\d+\))/i,
  /\b(?:axios|node-fetch|undici|urllib3?|httpx|aiohttp|requests\.exceptions|python-requests|okhttp3?|guzzle(?:http)?|faraday|reqwest|restsharp|httpclient|java\.(?:net|io)\.|feign|retrofit2?|System\.Net\b|Net::\w+(?:Error|Timeout)|postman|insomnia|wget|Invoke-(?:RestMethod|WebRequest))/i,
  /Request failed with status code \d|\bMax retries exceeded with url\b|\bE(?:CONN(?:REFUSED|RESET|ABORTED)|TIMEDOUT|NOTFOUND|AI_AGAIN|PIPE)\b|\b(?:Get|Post|Put|Patch|Delete|Head) "https?:[^"\s]*": /,
];

// What the client says when it gives up.
const ownClient = /; stopped after (?:\d+|one) (?:attempts?|tries|try)\b|\bno call was made: /;

const program = () => byId("program")?.querySelector(":checked")?.value ?? "";

function setProgram(value) {
  const field = byId("program");
  if (field) field.querySelector('[value="' + value + '"]').checked = true;
  showProgram();
}

// showProgram shows the answers for the program that the customer has, or for both.
function showProgram() {
  const place = byId("verdict");
  const chosen = program();
  for (const answer of place.querySelectorAll("[data-for]")) answer.hidden = chosen !== "" && answer.dataset.for !== chosen;
  if (byId("program")) byId("program").hidden = !place.querySelector("[data-for]");
  const all = byId("reply-all");
  if (all) all.textContent = together();
}

// errorsOf returns the verdicts of errors, without what normally happens where there are
// others.
function errorsOf(verdicts) {
  const some = verdicts.filter((verdict) => !verdict.matches(".wait_poll, .ok"));
  return some.length > 0 ? some : verdicts;
}

// together is one answer for all verdicts that are shown whole.
function together() {
  const verdicts = errorsOf(Array.from(byId("verdict").querySelectorAll(".verdict")));
  const parts = verdicts.map((verdict, i) => {
    const answers = Array.from(verdict.querySelectorAll(".answer")).filter((answer) => !answer.hidden && !answer.closest(".variant"));
    const texts = answers.map((answer) => {
      const text = answer.querySelector(".text").textContent;
      if (answers.length === 1) return text;
      return answer.dataset.for === "own" ? say("If not: %s|if your program does not use our client", text) : say("If your program uses our client: %s", text);
    });
    return i + 1 + ". " + say("%s (%s)", verdict.querySelector("h2").textContent, verdict.querySelector(".key").textContent) + "\n" + texts.join("\n");
  });
  return say("We found %d errors in what you sent.", verdicts.length) + "\n\n" + parts.join("\n\n");
}

function combined(hasDraft) {
  const text = element("p", "text");
  text.id = "reply-all";
  text.dir = "auto";
  const copy = copyButton(hasDraft ? say("Copy draft") : say("Copy answer for all"), text.id);
  if (hasDraft) copy.className = "";
  const over = element("div", "over", element("h2", "", say("One answer for all of them")), element("p", "buttons", copy));
  const draft = hasDraft ? [element("p", "kind", say("A draft, because some of these answers are drafts: read it before you send it."))] : [];
  return element("section", "reply all", over, ...draft, text);
}
