"use strict";

document.documentElement.classList.add("js");

(() => {
  const root = document.currentScript.src.replace(/[^/]*$/, "");

  // The translations of this script's messages.
  const words = {};

  // say returns a message in the language of the site, with values for its verbs. No space
  // stands between two letters of Chinese or Japanese, or beside one of their signs.
  const say = (message, ...values) => {
    const text = words[message] ?? message.split("|", 1)[0];
    if (values.length === 0) return text;
    let next = 0;
    let end = -1;
    let last = "";
    return text.replace(/( ?)%(?:\[(\d+)\])?([sd%])((?: (?!%))?)/g, (verb, before, number, kind, after, at) => {
      if (kind === "%") return before + "%" + after;
      if (number) next = number - 1;
      const left = at === end ? last : text.slice(0, at);
      last = String(values[next++]);
      end = at + verb.length;
      return (joins(left, last) ? "" : before) + last + (joins(last, text.slice(end)) ? "" : after);
    });
  };
  const unspaced = /[\p{sc=Han}\u3000-\u30ff\uff00-\uffef]/u;
  const isSign = (letter) => unspaced.test(letter) && /\p{P}/u.test(letter);
  const joins = (a, b) => (unspaced.test(a.at(-1)) && unspaced.test(b[0])) || isSign(a.at(-1)) || isSign(b[0]);
  window.errkbSay = say;

  // Under a policy of trusted types, only this one may make HTML and load scripts. Both
  // are files of the site.
  const unchanged = (text) => text;
  const made = { createHTML: unchanged, createScriptURL: unchanged };
  const trusted = window.trustedTypes ? trustedTypes.createPolicy("errkb", made) : made;

  // Scripts are loaded once each: a page on a disk can load nothing else.
  const scripts = new Map();
  function load(name) {
    if (!scripts.has(name)) {
      scripts.set(name, new Promise((resolve, reject) => {
        const script = document.createElement("script");
        script.src = trusted.createScriptURL(root + name);
        script.onload = resolve;
        script.onerror = () => {
          scripts.delete(name);
          reject(new Error(say("can't load %s", name)));
        };
        document.head.append(script);
      }));
    }
    return scripts.get(name);
  }

  function element(name, className, ...content) {
    const made = document.createElement(name);
    if (className) made.className = className;
    made.append(...content);
    return made;
  }

  const byId = (id) => document.getElementById(id);
  // What a page remembers. A page on a disk may have no storage.
  const memory = {
    get(key) {
      try {
        return localStorage.getItem("errkb-" + key) ?? "";
      } catch {
        return "";
      }
    },
    set(key, value) {
      try {
        localStorage.setItem("errkb-" + key, value);
      } catch {}
    },
  };

  // What changes is told to screen readers in one place.
  const status = element("div", "unseen");
  status.setAttribute("role", "status");
  function announce(text) {
    status.textContent = text;
  }

  // ---- Notices
  //
  // Support staff write them by hand, into a file that the generator neither makes nor
  // removes. Where there is none, the script that shows them is not loaded.

  const showNotices = () => window.errkbNotices?.show() ?? "";

  const noticesLast = 60_000;
  let noticesReadAt;
  async function readNotices() {
    const now = Date.now();
    if (!byId("notices") || !/^http/.test(location.protocol) || now < noticesReadAt + noticesLast) return;
    noticesReadAt = now;
    const from = (folder) => fetch(folder + "notices.json", { cache: "no-cache" }).catch(() => ({}));
    // One file is enough for all languages, whose folders are beside their style.
    let response = await from(root);
    const home = document.querySelector("link[rel=stylesheet]").href.replace(/[^/]*$/, "");
    if (!response.ok && home !== root) response = await from(home);
    if (response.ok) await load("notices.js");
    const news = await window.errkbNotices?.read(response);
    if (news) announce(news);
  }

  // ---- Copying

  async function copy(text) {
    try {
      await navigator.clipboard.writeText(text);
    } catch {
      // Plain http pages have no clipboard.
      const field = element("textarea", "unseen");
      field.value = text;
      document.body.append(field);
      field.select();
      const copied = document.execCommand("copy");
      field.remove();
      if (!copied) throw new Error("no clipboard");
    }
  }

  async function pressed(button) {
    const text = button.dataset.copy
      ? byId(button.dataset.copy).textContent
      : new URL(button.dataset.link, document.location.href).href;
    let news = say("Copied");
    try {
      await copy(text);
    } catch {
      news = say("Copying is not allowed here: select the text");
    }
    const label = button.firstChild;
    button.dataset.label ??= label.data;
    label.data = news;
    announce(news);
    button.focus();
    clearTimeout(button.restore);
    button.restore = setTimeout(() => (label.data = button.dataset.label), 2000);
  }

  // ---- Keys, and what is pasted

  const types = (target) => target.isContentEditable || target.matches("textarea, select, input:not([type=checkbox], [type=radio])");

  // The key / goes to the paste field, unless it is typed somewhere, or switched off.
  const hasShortcut = () => memory.get("shortcut") !== "off";

  function keyed(event) {
    if (event.key !== "/" || event.ctrlKey || event.metaKey || event.altKey || types(event.target) || !hasShortcut()) return;
    event.preventDefault();
    const field = byId("paste");
    if (!field) {
      document.location.href = root + "index.html";
      return;
    }
    field.focus();
    field.select();
  }

  // An address is limited, and so is what a page hands to the first one in it: what
  // stands behind # is not sent to a server.
  const handedAtMost = 1 << 17;
  const handOver = (text) => (document.location.href = root + "index.html#q=" + encodeURIComponent(text.slice(0, handedAtMost).replace(/\p{Cs}/gu, "")));

  // <finder>
  // ---- The paste field
  //
  // Only pages that have one load this part.

  const handed = () => {
    const found = /^#q=(.*)$/s.exec(location.hash);
    return found && unescaped(found[1]);
  };

  // Some browsers' searches write a space as +, which encodeURIComponent never leaves.
  const unescaped = (text) => {
    try {
      return decodeURIComponent(text.replaceAll("+", " "));
    } catch {
      return text;
    }
  };

  function startField(field) {
    const clear = byId("clear");
    // The field holds what came at once, and nothing was typed into it since: the next
    // paste is another question.
    let isWhole = false;
    let isPut = false;
    let pause;

    const asks = async () => {
      clearTimeout(pause);
      clear.hidden = field.value === "";
      await answer(field.value);
    };
    const asksAtOnce = async () => {
      isWhole = true;
      setProgram(ownClient.test(field.value) ? "client" : otherProgram.some((sign) => sign.test(field.value)) ? "own" : "");
      await asks();
      if (field.value !== "") bringUp();
    };
    // put replaces the text of the field as typing does, so that it can be undone.
    const put = (text) => {
      field.focus();
      field.select();
      isPut = true;
      const done = text === "" ? document.execCommand("delete") : document.execCommand("insertText", false, text);
      isPut = false;
      if (!done) field.value = text;
      if (text === "") asks();
      else asksAtOnce();
    };

    field.addEventListener("paste", () => {
      if (isWhole) field.select();
    });
    // Who types is not told after each letter that nothing is known yet.
    field.addEventListener("input", (event) => {
      if (isPut) return;
      clearTimeout(pause);
      if (/^(insertText|insertLineBreak|insertCompositionText|delete)/.test(event.inputType) && field.value !== "") {
        isWhole = false;
        pause = setTimeout(asks, 250);
      } else if (field.value === "") {
        asks();
      } else {
        asksAtOnce();
      }
    });
    clear.addEventListener("click", () => put(""));
    document.addEventListener("keydown", (event) => {
      if (event.key !== "Escape" || event.isComposing || field.value === "" || (event.target !== field && types(event.target))) return;
      event.preventDefault();
      put("");
    });
    // What is pasted anywhere on the page is meant for the field.
    document.addEventListener("paste", (event) => {
      if (types(event.target)) return;
      event.preventDefault();
      put(event.clipboardData.getData("text"));
    });

    const api = byId("api");
    if (api) {
      const known = memory.get("api");
      if (Array.from(api.options).some((option) => option.value === known)) api.value = known;
      const choose = () => {
        memory.set("api", api.value);
        asks();
      };
      api.addEventListener("change", choose);
      byId("verdict").addEventListener("click", (event) => {
        const button = event.target.closest("button[data-api]");
        if (!button) return;
        api.value = button.dataset.api;
        choose();
        api.focus();
      });
    }
    byId("program")?.addEventListener("change", showProgram);

    // The lookup is there before the first paste. Where it can't be loaded, a paste says so.
    loadAll().catch(() => {});

    const takeHanded = () => {
      const text = handed();
      if (text) {
        field.value = text;
        asksAtOnce();
      }
      return Boolean(text);
    };
    addEventListener("hashchange", takeHanded);
    // In a frame, the focus is on the page around it.
    if (self === top && matchMedia("(pointer: fine)").matches) field.focus({ preventScroll: true });
    if (takeHanded()) return;
    field.value ||= history.state?.text ?? "";
    if (field.value !== "") asksAtOnce();
  }

  // reason says why there is a match, with a capital unless it begins with what was sent.
  const reason = ({ why, words }) => say("%s.|sentence", words.some((own) => why.startsWith(own)) ? why : why.charAt(0).toUpperCase() + why.slice(1));
  const list = (texts) => texts.reduce((all, text) => say("%s, %s|list", all, text));

  // sentences joins sentences, without those that are empty.
  const sentences = (...texts) => texts.filter(Boolean).reduce((all, text) => (all ? say("%s %s|two sentences", all, text) : text), "");

  // after returns a sentence with what parts it from the one before.
  const after = (before, text) => sentences(before, text).slice(before.length);

  // ---- The verdict

  // The verdicts and what bare keys are stand on shelves, by a hash of the key: FNV-1a.
  const shelfOf = (key) => {
    let hash = 2166136261;
    for (const letter of key) hash = Math.imul(hash ^ letter.codePointAt(0), 16777619);
    return (hash >>> 0) % Number(byId("verdict").dataset.shelves) + ".js";
  };
  const cards = new Map();
  window.errkbCards = (shelf) => Object.entries(shelf).forEach(([index, html]) => cards.set(Number(index), html));
  const cardsOf = ({ kind, code, address }) => "cards/" + shelfOf(kind === "code" ? code : address);

  // card returns the verdict of a match. What its answer takes from the reply is filled
  // in, if it was found there. A guess has no button that asks to be pressed: it is to be
  // compared first.
  async function card({ entry, confidence, decision, requestId, field }) {
    await load(cardsOf(entry));
    const template = document.createElement("template");
    template.innerHTML = trusted.createHTML(cards.get(decision?.card ?? entry.index));
    const article = template.content.firstElementChild;
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
    if (said.remedy) article.querySelector(".remedy").textContent = said.remedy;
    const facts = article.querySelectorAll("dl > div > dd");
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

  // As many verdicts are shown whole as are equally sure, up to three; the others
  // are linked.
  const shownWhole = 3;
  const shownBrief = 10;

  const times = ({ count }) => (count > 1 ? say("Found %d times.", count) : "");

  // ofAPI is what follows the name of an entry, so that it is known whose it is.
  const ofAPI = ({ api }) => say("%s (%s)", "", api);

  const nameOf = ({ entry }) => say("%s of %s|entry of API", entry.title, entry.api);

  function linkTo(match) {
    const anchor = element("a", "", match.entry.title);
    anchor.href = root + match.entry.address + ".html";
    return element("li", "", anchor, sentences(say("%s.|sentence", ofAPI(match.entry)), sure(match), reason(match), times(match)));
  }

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

  // What a text that is nothing but a key of the catalog is, a file of its shelf says
  // before the lookup is there, which is longer. It says what the lookup would.
  const keys = new Map();
  window.errkbKeys = (shelf) => Object.entries(shelf).forEach(([key, matches]) => keys.set(key, matches));
  const CODE = /\b[A-Z][A-Z0-9]*(?:_[A-Z0-9]+)+\b/g;
  const preparedAtMost = 2;
  const BARE = /^[ \n]*([!-~]+)[ \n]*$/;

  // prepare loads the verdicts on codes that a text may have, which are needed next.
  const prepare = (codes) => codes.forEach((code) => load(cardsOf({ kind: "code", code })).catch(() => {}));

  // bare returns what a text is if it is nothing but a key of which that is told.
  async function bare(text) {
    const [, key] = BARE.exec(text) ?? [];
    if (!key) {
      prepare((text.match(CODE) ?? []).slice(0, preparedAtMost));
      return undefined;
    }
    prepare([key]);
    await load("keys/" + shelfOf(key)).catch(() => {});
    const matches = keys.get(key);
    return matches?.some(isOfChosen) ? matches.filter(isOfChosen) : undefined;
  }

  const isOfChosen = (match) => !chosenAPI() || apiOf(match) === chosenAPI();

  // explain returns what the text is, and whether that is all that it is: the surest, as
  // little of the lookup as can tell it says.
  async function explain(text) {
    const known = window.errkbLookup ? undefined : await bare(text);
    if (known) return [known, true];
    await load("lookup.js");
    const surest = ask(text);
    if (surest) return [surest, Boolean(errkbLookup.nearest)];
    await loadAll();
    return [ask(text), true];
  }

  // loadAll loads the lookup: first what replies need.
  async function loadAll() {
    await load("lookup.js");
    await load("words.js");
  }

  // ask asks the lookup what the text is if it comes from the chosen API. Where that
  // is sure, nobody asks about others; else what is as sure there comes first. Before all of
  // the lookup is there, it may not know.
  function ask(text) {
    if (!chosenAPI()) return errkbLookup.explain(text);
    const own = errkbLookup.explain(text, byId("api").selectedIndex - 1);
    if (!own || own[0]?.confidence === "exact") return own;
    const all = errkbLookup.explain(text);
    const confidences = Object.keys(sureness);
    const rank = ({ confidence }) => confidences.indexOf(confidence);
    return all && [...own, ...all.filter((match) => !isOfChosen(match))].sort((a, b) => rank(a) - rank(b));
  }

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

  // ---- What in the text led to a match

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

  // ---- Answers to customers

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

  function combined() {
    const text = element("p", "text");
    text.id = "reply-all";
    text.dir = "auto";
    const over = element("div", "over", element("h2", "", say("One answer for all of them")), element("p", "buttons", copyButton(say("Copy answer for all"), text.id)));
    return element("section", "reply all", over, text);
  }

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
    if (errorsOf(articles).length > 1 && !isChoice(whole) && whole[0].confidence !== "guess") parts.push(combined());
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
    const links = entries.map((entry) => {
      const anchor = element("a", "", entry.title);
      anchor.href = root + entry.address + ".html";
      return element("li", "", anchor, ofAPI(entry));
    });
    const nothing = byId("nothing").content.cloneNode(true);
    if (links.length === 0) return [[nothing], say("We don’t know this.")];
    const names = list(entries.map((entry) => nameOf({ entry })));
    return [[nothing, element("section", "", element("h2", "", say("Nearest codes")), element("ul", "", ...links))], sentences(say("We don’t know this."), say("The nearest codes are %s.", names))];
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
      show(note(say("This page can’t look it up: %s. Look for the code in the table below.", error.message)));
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

  // </finder>

  // ---- Filtering tables

  function startFilter(input) {
    const rows = Array.from(document.querySelectorAll(".entries tbody tr"), (row) => ({ row, text: row.textContent.toLowerCase() }));
    input.addEventListener("input", () => {
      const words = input.value.toLowerCase().split(/\s+/);
      let shown = 0;
      for (const { row, text } of rows) {
        row.hidden = !words.every((word) => text.includes(word));
        if (!row.hidden) shown++;
      }
      for (const table of document.querySelectorAll(".entries")) table.parentElement.hidden = !table.querySelector("tbody tr:not([hidden])");
      const news = input.value.trim() === "" ? "" : say("%d of %d|rows of tables", shown, rows.length);
      byId("filtered").textContent = news;
      announce(news);
    });
  }

  // ---- From other pages

  // The link is to be dragged: the site's policy lets no script run from an address.
  function startTools(place) {
    const home = JSON.stringify((place.dataset.home || root + "index.html") + "#q=");
    const code = "(t=>{if(t)open(" + home + "+encodeURIComponent(t.slice(0," + handedAtMost + ').replace(/\\p{Cs}/gu,"")),"_blank","noopener")})(String(getSelection())||prompt(' + JSON.stringify(say("What did the customer send?")) + "))";
    const address = "javascript:" + encodeURI(code).replaceAll("#", "%23");
    const drag = byId("drag");
    drag.href = address;
    drag.addEventListener("click", (event) => event.preventDefault());
    byId("bookmarklet-code").textContent = address;
    const frame = byId("widget-code");
    frame.textContent = frame.textContent.replace('"widget.html"', '"' + root + 'widget.html"');
  }

  function start() {
    document.body.append(status);
    document.addEventListener("click", (event) => {
      const button = event.target.closest("button[data-copy], button[data-link]");
      if (button) pressed(button);
    });
    document.addEventListener("keydown", keyed);
    readNotices();
    const shortcut = byId("shortcut");
    if (shortcut) {
      shortcut.checked = hasShortcut();
      shortcut.addEventListener("change", () => memory.set("shortcut", shortcut.checked ? "on" : "off"));
      addEventListener("storage", () => (shortcut.checked = hasShortcut()));
    }

    const bookmark = byId("bookmarklet");
    if (bookmark) startTools(bookmark);
    const filter = byId("filter");
    if (filter) startFilter(filter);
    // <finder>
    const field = byId("paste");
    if (field) {
      startField(field);
      return;
    }
    // </finder>
    // On other pages, what is pasted is a question too.
    document.addEventListener("paste", (event) => {
      const text = event.clipboardData.getData("text");
      if (types(event.target) || text.trim() === "") return;
      event.preventDefault();
      handOver(text);
    });
  }

  document.addEventListener("DOMContentLoaded", start);
})();
