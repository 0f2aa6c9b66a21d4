"use strict";

// The notices that support staff write into notices.json. What is wrong with one of them is
// told on the console, and the others are shown.

(() => {
  const say = window.errkbSay;

  const isText = (value) => typeof value === "string" && value.trim() !== "";
  // Browsers read 30 February as a day of March, and 24:00 as one of the next day.
  const isDay = (day) => new Date(day).toISOString().startsWith(day);
  const isTime = (value) =>
    isText(value) && /^\d{4}-\d\d-\d\dT([01]\d|2[0-3]):\d\d:\d\d(\.\d+)?(Z|[+-]\d\d:\d\d)$/i.test(value) && !isNaN(Date.parse(value)) && isDay(value.slice(0, 10));
  const time = [isTime, "a time such as 2026-01-31T09:30:00Z"];
  const keys = {
    text: [isText, "a text"],
    api: [isText, "the name of an API"],
    codes: [(value) => Array.isArray(value) && value.length > 0 && value.every(isText), "a list of texts"],
    link: [(value) => isText(value) && /^https:\/\/[^\s/?#]\S*$/i.test(value), "an address that starts with https://"],
    since: time,
    until: time,
  };

  function problem(notice) {
    if (notice === null || typeof notice !== "object" || Array.isArray(notice)) return "it is not an object";
    if (!Object.hasOwn(notice, "text")) return "text is missing";
    for (const [key, value] of Object.entries(notice)) {
      if (!Object.hasOwn(keys, key)) return "unknown key " + key + ", known are " + Object.keys(keys).join(", ");
      const [fits, wanted] = keys[key];
      if (!fits(value)) return key + " is not " + wanted;
    }
    return Date.parse(notice.until) <= Date.parse(notice.since) ? "until is not after since" : "";
  }

  // right returns the notices of the file that have the right shape.
  function right(file) {
    if (!Array.isArray(file)) throw new Error("a list is wanted, even of one notice");
    return file.filter((notice, i) => {
      const wrong = problem(notice);
      if (wrong) console.warn("notices.json: notice " + (i + 1) + " is not shown: " + wrong);
      return !wrong;
    });
  }

  // A class such as 5xx stands for the statuses in it too.
  const isCode = (listed, code) => listed === code || (/^[1-5]xx$/.test(listed) && /^\d{3}$/.test(code) && listed[0] === code[0]);

  // fits reports whether a notice is of now and about one of some entries, or about
  // everything. An entry without a code is all of its API.
  function fits({ api, codes, since, until }, entries) {
    const now = Date.now();
    if (Date.parse(since) > now || Date.parse(until) <= now) return false;
    const isAbout = (entry) => (!api || api === entry.api) && (!codes || entry.code === undefined || codes.some((code) => isCode(code, entry.code)));
    return (!api && !codes) || entries.some(isAbout);
  }

  function element(name, className, ...content) {
    const made = document.createElement(name);
    made.className = className;
    made.append(...content);
    return made;
  }

  function item({ text, codes, link, since, until }) {
    const lines = text.trim().split(/\s*\n\s*/).map((line) => element("p", "", line));
    // With the zone, which is that of whoever reads it.
    const format = new Intl.DateTimeFormat(document.documentElement.lang, { year: "numeric", month: "short", day: "numeric", hour: "numeric", minute: "2-digit", timeZoneName: "short" });
    const at = (time) => format.format(new Date(time));
    const details = [codes?.join(", "), since && say("Since %s", at(since)), until && say("Until %s", at(until))].filter(Boolean).join(" · ");
    if (details) lines.push(element("p", "kind", details));
    if (link) {
      const anchor = element("a", "", link);
      anchor.href = link;
      if (isWidget) anchor.target = "_blank";
      lines.push(element("p", "", anchor));
    }
    const made = element("li", "", ...lines);
    made.dir = "auto";
    return made;
  }

  const place = document.getElementById("notices");
  const isWidget = document.body.classList.contains("widget");
  const chosenAPI = () => document.getElementById("api")?.value;

  // shownEntries returns what the page is about and has verdicts of, with api and code.
  function shownEntries() {
    const entries = Array.from(document.querySelectorAll("#notices[data-api], #verdict .verdict[data-api]"), ({ dataset }) => dataset);
    return chosenAPI() ? [...entries, { api: chosenAPI(), code: "" }] : entries;
  }

  let notices = [];
  let before = "[]";

  // show shows the notices that fit now, and returns the texts of these, or nothing where
  // the same were shown already.
  function show() {
    const shown = notices.filter((notice) => fits(notice, shownEntries()));
    const now = JSON.stringify(shown);
    if (now === before) return "";
    before = now;
    place.hidden = shown.length === 0;
    const title = element("h2", "", say("Notices"));
    title.id = "notices-title";
    place.setAttribute("aria-labelledby", title.id);
    place.replaceChildren(title, element("ul", "", ...shown.map(item)));
    return shown.map(({ text }) => text.trim()).join(" ");
  }

  // read takes the notices of a response and shows them. Where the server fails, those
  // read before stay; some servers keep secret that there is no file.
  async function read(response) {
    try {
      if (response.ok) notices = right(await response.json());
      else if ([403, 404, 410].includes(response.status)) notices = [];
    } catch (error) {
      console.warn("notices.json: " + error.message);
    }
    return show();
  }

  window.errkbNotices = { read, show };
})();
