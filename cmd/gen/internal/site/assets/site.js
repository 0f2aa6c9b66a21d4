"use strict";

document.documentElement.classList.add("js");

(() => {
  const root = document.currentScript.src.replace(/[^/]*$/, "");

  // Scripts are loaded once each, and only when they are needed: a page on a disk
  // can load nothing else.
  const scripts = new Map();
  function load(name) {
    if (!scripts.has(name)) {
      scripts.set(name, new Promise((resolve, reject) => {
        const script = document.createElement("script");
        script.src = root + name;
        script.onload = resolve;
        script.onerror = () => {
          scripts.delete(name);
          reject(new Error("can't load " + name));
        };
        document.head.append(script);
      }));
    }
    return scripts.get(name);
  }

  const cardsPerFile = () => Number(document.getElementById("verdict").dataset.cards);
  const cards = new Map();
  window.errkbCards = (file, list) => list.forEach((html, i) => cards.set(file * cardsPerFile() + i, html));

  async function card(entry) {
    await load("cards/" + Math.floor(entry.index / cardsPerFile()) + ".js");
    const template = document.createElement("template");
    template.innerHTML = cards.get(entry.index);
    return template.content;
  }

  function element(name, className, ...content) {
    const made = document.createElement(name);
    if (className) made.className = className;
    made.append(...content);
    return made;
  }

  const sentence = (text) => text.charAt(0).toUpperCase() + text.slice(1) + ".";

  const sureness = {
    exact: "Exact.",
    likely: "Likely.",
    guess: "Only a guess: compare it with what the customer sent.",
  };

  // A reply in an API's own form whose code is not listed has an entry too, which
  // says what to answer; that doesn't make the code known.
  const sure = (match) => (match.entry.kind === "unknown" ? "We don’t know this code." : sureness[match.confidence]);

  // As many verdicts are shown whole as are equally sure, up to three; the others
  // are linked.
  const shownWhole = 3;
  const shownBrief = 10;

  function linkTo(match) {
    const anchor = element("a", "", match.entry.title);
    anchor.href = root + match.entry.address + ".html";
    return element("li", "", anchor, " (" + match.entry.api + "). " + sure(match) + " " + sentence(match.why));
  }

  // Of a status, one API may list it and another its class: which of them it comes
  // from, nobody can tell.
  const isClassOf = (match, first) => first.entry.kind === "status" && match.entry.kind === "status_class" && match.entry.code[0] === first.entry.code[0];
  const isAsSure = (match, first) => isClassOf(match, first) || match.confidence === first.confidence;

  // choice says why there is more than one verdict.
  function choice(matches) {
    const [first] = matches;
    if (matches.some((m) => m.entry.title !== first.entry.title && !isClassOf(m, first))) return "More than one answer fits this text.";
    const apis = [...new Set(matches.map((m) => m.entry.api))];
    return "More than one API can say this: " + apis.join(", ") + ". Which one does the customer use?";
  }

  async function verdicts(matches) {
    const whole = matches.slice(0, shownWhole).filter((m) => isAsSure(m, matches[0]));
    const parts = whole.length > 1 ? [element("p", "note", choice(whole))] : [];
    for (const match of whole) {
      parts.push(element("p", "sure", element("strong", "", sure(match)), " " + sentence(match.why)));
      parts.push(await card(match.entry));
    }
    const rest = matches.slice(whole.length);
    if (rest.length > 0) {
      const list = element("ul", "", ...rest.slice(0, shownBrief).map(linkTo));
      if (rest.length > shownBrief) list.append(element("li", "", "And " + (rest.length - shownBrief) + " more."));
      parts.push(element("section", "", element("h2", "", "Also found"), list));
    }
    return parts;
  }

  // nearest lists the codes that a text is most like of which nothing is known.
  function nearest(text) {
    const entries = errkbLookup.nearest(text);
    const links = entries.map((entry) => {
      const anchor = element("a", "", entry.title);
      anchor.href = root + entry.address + ".html";
      return element("li", "", anchor, " (" + entry.api + ")");
    });
    return links.length > 0 ? [element("section", "", element("h2", "", "Nearest codes"), element("ul", "", ...links))] : [];
  }

  // The lookup reads no more of a text than this, in characters at least.
  const readAtMost = 1 << 20;

  // find returns what to show about a text, and what to announce.
  async function find(text) {
    await load("lookup.js");
    const matches = errkbLookup.explain(text);
    const parts = matches.length > 0 ? await verdicts(matches) : [document.getElementById("nothing").content.cloneNode(true)];
    if (matches.length === 0) parts.push(...nearest(text));
    if (text.length > readAtMost) parts.unshift(element("p", "note", "Only the start of this long text was read: paste the part around the error."));
    const [match] = matches;
    return [parts, match ? sure(match) + " " + match.entry.title + " of " + match.entry.api + "." : "We don’t know this."];
  }

  const note = (text) => [[element("p", "note", text)], text];

  // What is shown of an older text can't be used any more while a newer one is
  // looked up, and gives way where that takes long.
  const patience = 200;
  let asked = 0;
  async function answer(text) {
    const place = document.getElementById("verdict");
    const turn = ++asked;
    const show = ([parts, news]) => {
      if (turn !== asked) return;
      place.replaceChildren(...parts);
      announce(news);
    };
    remember(text);
    if (text.trim() === "") {
      place.inert = false;
      show([[], ""]);
      return;
    }
    place.inert = true;
    const slow = setTimeout(() => show(note("Looking it up…")), patience);
    try {
      const found = await find(text);
      clearTimeout(slow);
      show(found);
    } catch (error) {
      clearTimeout(slow);
      show(note("This page can’t look it up: " + error.message + ". Look for the code in the table below."));
    }
    if (turn === asked) place.inert = false;
  }

  // The text is still there when one comes back from a page of the site.
  function remember(text) {
    try {
      history.replaceState({ text }, "");
    } catch {}
  }

  // What changes is told to screen readers in one short sentence.
  const status = element("div", "unseen");
  status.setAttribute("role", "status");
  function announce(text) {
    status.textContent = text;
  }

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
      ? document.getElementById(button.dataset.copy).textContent
      : new URL(button.dataset.link, document.location.href).href;
    let news = "Copied";
    try {
      await copy(text);
    } catch {
      news = "Copying is not allowed here: select the text";
    }
    const label = button.firstChild;
    button.dataset.label ??= label.data;
    label.data = news;
    announce(news);
    button.focus();
    clearTimeout(button.restore);
    button.restore = setTimeout(() => (label.data = button.dataset.label), 2000);
  }

  // The key / goes to the paste field, unless it is typed somewhere, or switched
  // off. A page on a disk may have no storage.
  const memory = {
    get shortcut() {
      try {
        return localStorage.getItem("errkb-shortcut") !== "off";
      } catch {
        return true;
      }
    },
    set shortcut(on) {
      try {
        localStorage.setItem("errkb-shortcut", on ? "on" : "off");
      } catch {}
    },
  };

  const types = (target) => target.isContentEditable || target.matches("textarea, select, input:not([type=checkbox])");

  function keyed(event) {
    if (event.key !== "/" || event.ctrlKey || event.metaKey || event.altKey || types(event.target) || !memory.shortcut) return;
    event.preventDefault();
    const field = document.getElementById("paste");
    if (!field) {
      document.location.href = root + "index.html";
      return;
    }
    field.focus();
    field.select();
  }

  function start() {
    document.body.append(status);
    document.addEventListener("click", (event) => {
      const button = event.target.closest("button[data-copy], button[data-link]");
      if (button) pressed(button);
    });
    document.addEventListener("keydown", keyed);
    const shortcut = document.getElementById("shortcut");
    shortcut.checked = memory.shortcut;
    shortcut.addEventListener("change", () => (memory.shortcut = shortcut.checked));
    addEventListener("storage", () => (shortcut.checked = memory.shortcut));

    const field = document.getElementById("paste");
    if (!field) return;
    const clear = document.getElementById("clear");
    let pause;
    const asks = () => {
      clearTimeout(pause);
      clear.hidden = field.value === "";
      answer(field.value);
    };
    // Who types is not told after each letter that nothing is known yet.
    field.addEventListener("input", (event) => {
      clearTimeout(pause);
      if (/^(insertText|delete)/.test(event.inputType) && field.value !== "") pause = setTimeout(asks, 250);
      else asks();
    });
    clear.addEventListener("click", () => {
      field.value = "";
      asks();
      field.focus();
    });
    // What is pasted anywhere on the page is meant for the field.
    document.addEventListener("paste", (event) => {
      if (types(event.target)) return;
      event.preventDefault();
      field.value = event.clipboardData.getData("text");
      field.focus();
      asks();
    });
    if (matchMedia("(pointer: fine)").matches) field.focus({ preventScroll: true });
    field.value ||= history.state?.text ?? "";
    if (field.value !== "") asks();
  }

  document.addEventListener("DOMContentLoaded", start);
})();
