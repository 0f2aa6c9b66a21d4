// What is shown about a text.

async function verdicts(text, matches) {
  const whole = surest(matches);
  const parts = choice(whole);
  const articles = [];
  const news = [];
  for (const match of whole) {
    const article = await card(match);
    articles.push(article);
    parts.push(...evidence(text, match), article);
    const [meaning, action] = [article.querySelector("h2"), article.querySelector(".advice .action")].map((part) => part.textContent);
    news.push(sentences(sure(match), say("%s, %s.|meaning and name", meaning, nameOf(match)), say("%s.|sentence", action)));
  }
  if (errorsOf(articles).length > 1 && !isChoice(whole) && whole[0].confidence !== "guess") parts.push(combined(errorsOf(articles).some((article) => article.querySelector(".answer .kind"))));
  const rest = matches.filter((match) => !whole.includes(match));
  if (rest.length > 0) {
    const brief = rest.slice(0, shownBrief);
    const more = rest.length > shownBrief ? say("And %d more.", rest.length - shownBrief) : "";
    parts.push(element("section", "", element("h2", "", say("Also found")), element("ul", "", ...brief.map(linkTo), ...(more ? [element("li", "", more)] : []))));
    news.push(sentences(say("Also found: %s.", list(brief.map(nameOf))), more));
  }
  return [parts, sentences(...news)];
}

// unknown says that nothing is known of a text, with the codes that it is most like.
function unknown(text) {
  const entries = errkbLookup.nearest(text);
  const nothing = byId("nothing").content.cloneNode(true);
  if (entries.length === 0) return [[nothing], say("We don’t know this.")];
  const names = list(entries.map((entry) => nameOf({ entry })));
  return [[nothing, element("section", "", element("h2", "", say("Nearest codes")), element("ul", "", ...entries.map((entry) => linked(entry, ofAPI(entry)))))], sentences(say("We don’t know this."), say("The nearest codes are %s.", names))];
}

// The lookup reads no more of a text than this, in characters at least.
const readAtMost = 1 << 20;

// view returns what to show about a text, and what to announce.
async function view(text, matches) {
  const [parts, news] = matches.length > 0 ? await verdicts(text, matches) : unknown(text);
  if (text.length > readAtMost) parts.unshift(element("p", "note", say("Only the start of this long text was read: paste the part around the error.")));
  return [parts, news];
}

const note = (text) => [[element("p", "note", text)], text];

// What is shown of an older text can't be used any more while a newer one is
// looked up, and gives way where that takes long.
const patience = 200;
let asked = 0;
async function answer(text) {
  const place = byId("verdict");
  const turn = ++asked;
  const show = ([parts, news], isMore = false) => {
    if (turn !== asked) return;
    place.replaceChildren(...parts);
    if (isWidget()) for (const link of place.querySelectorAll("a")) link.target = "_blank";
    document.documentElement.classList.toggle("answered", parts.length > 0);
    showProgram();
    const noticed = showNotices();
    if (isMore) return;
    announce(sentences(news, noticed));
    readNotices();
  };
  // complete shows what else the text holds, once all of the lookup is there, but takes
  // nothing away from who is using the verdict.
  const complete = async (surest) => {
    await loadAll();
    if (turn !== asked) return;
    const all = ask(text);
    const found = JSON.stringify(all) !== JSON.stringify(surest) && (await view(text, all));
    if (found && !place.contains(document.activeElement)) show(found, true);
  };
  remember(text);
  if (text.trim() === "") {
    place.inert = false;
    show([[], ""]);
    return;
  }
  place.inert = true;
  const slow = setTimeout(() => show(note(say("Looking it up…"))), patience);
  try {
    const [matches, isAll] = await explain(text);
    const found = await view(text, matches);
    clearTimeout(slow);
    show(found);
    if (!isAll) complete(matches).catch(() => {});
  } catch (error) {
    clearTimeout(slow);
    const reason = error.script ? say("can't load %s", error.script) : error.message;
    show(note(say("This page can’t look it up: %s. Look for the code in the table below.", reason)));
  }
  if (turn === asked) place.inert = false;
}

// bringUp scrolls to the verdict where little of it shows under the field, as on phones.
function bringUp() {
  const place = byId("verdict");
  if (place.getBoundingClientRect().top < innerHeight * 0.6) return;
  if (!matchMedia("(pointer: fine)").matches) byId("paste").blur(); // so that the keyboard goes
  (byId("notices").hidden ? place : byId("notices")).scrollIntoView();
}

// The text is still there when one comes back from a page of the site. An address that
// held a text keeps it no longer.
function remember(text) {
  const address = location.href.replace(/#q=.*$/s, "");
  for (const to of address === location.href ? [undefined] : [address, undefined]) {
    try {
      history.replaceState({ text }, "", to);
      return;
    } catch {}
  }
}
