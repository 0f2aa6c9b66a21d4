// The verdict on one match.

// card returns the verdict of a match. What its answer takes from the reply is filled
// in, if it was found there. A guess has no button that asks to be pressed: it is to be
// compared first.
async function card({ entry, confidence, decision, requestId, field }) {
  await load(cardsOf(entry));
  const template = document.createElement("template");
  template.innerHTML = trusted.createHTML(cards.get(decision?.card ?? entry.index) ?? "");
  const article = template.content.firstElementChild;
  // Where the site was made again after this page was opened, another verdict may stand there.
  if (article?.querySelector("h2 a").getAttribute("href") !== entry.address + ".html") throw new Error(say("the site has changed, load the page again"));
  if (decision) tell(article, decision);
  article.classList.add(confidence);
  Object.assign(article.dataset, { api: apiOf({ entry }), code: entry.code });
  const found = { request_id: requestId, field };
  for (const place of article.querySelectorAll("[data-reply]")) place.textContent = found[place.dataset.reply] || place.textContent;
  if (confidence === "guess") article.querySelectorAll(".primary").forEach((button) => button.classList.remove("primary"));
  return article;
}

// tell puts into a verdict what is decided on the reply in the text, where that is
// not what the entry says of all, and the wait of that reply into the answers.
function tell(article, { action, again, stop, said }) {
  const tone = again || stop === "" || action === "fix_account" ? action : "fail";
  article.className = "verdict " + tone;
  const advice = article.querySelector(".advice .action");
  advice.className = "action " + tone;
  advice.textContent = said.verdict;
  const remedy = article.querySelector(".remedy");
  if (said.remedy) remedy.textContent = said.remedy;
  if (said.only && !remedy.matches(".once")) remedy.prepend(element("div", "", said.only));
  const facts = article.querySelectorAll("dd");
  if (said.who) facts[0].textContent = said.who;
  if (said.retry) facts[1].textContent = said.retry;
  if (said.notes.length > 0) article.querySelector(".advice").after(element("ul", "notes", ...said.notes.map((text) => element("li", "", text))));
  if (said.answer) redraft(article, said.answer);
  else if (said.wait) for (const text of article.querySelectorAll(".answer .text")) text.append(after(text.textContent, said.wait));
}

// redraft puts a draft in place of answers that do not fit.
function redraft(article, text) {
  const [first, ...others] = article.querySelectorAll(".answer");
  others.forEach((other) => other.remove());
  const draft = first.querySelector(".text");
  const copy = article.querySelector("button[data-copy]");
  draft.textContent = text;
  copy.className = "";
  copy.firstChild.data = say("Copy draft");
  article.querySelector(".reply .buttons").prepend(copy, " ");
  first.removeAttribute("data-for");
  first.replaceChildren(element("p", "kind", say("A draft for this very answer, as the reply in the catalog does not fit it: read it before you send it.")), draft);
}

function copyButton(label, id) {
  const button = element("button", "primary", label);
  button.type = "button";
  button.dataset.copy = id;
  return button;
}

// A frame is small: its links open in another tab.
const isWidget = () => document.body.classList.contains("widget");

const sureness = {
  exact: say("Exact."),
  likely: say("Likely."),
  guess: say("Only a guess: compare it with what the customer sent."),
};

// A reply in an API's own form whose code is not listed has an entry too, which
// says what to answer; that doesn't make the code known.
const sure = (match) => (match.entry.kind === "unknown" ? say("We don’t know this code.") : sureness[match.confidence]);
