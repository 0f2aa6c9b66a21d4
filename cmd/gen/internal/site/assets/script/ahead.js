// What a page with the paste field does before it has the script that shows verdicts, so that
// on a slow line the first verdict waits for as little as possible.

const ahead = () => {
  const text = document.getElementById("verdict") && document.getElementById("paste").value;
  if (text) prepare(text);
};
const early = new AbortController();
const listen = (type, listener) => document.addEventListener(type, listener, { signal: early.signal });
listen("input", ({ inputType }) => /^insertFrom/.test(inputType) && ahead());
// What is pasted anywhere on the page is meant for the field, as later on.
listen("paste", (event) => {
  const field = document.getElementById("paste");
  if (!field || types(event.target)) return;
  event.preventDefault();
  field.value = event.clipboardData.getData("text");
  ahead();
});
listen("DOMContentLoaded", ahead);
ahead();

// That script takes these away again: nobody else is to load scripts under the policy. It
// ends what is listened to here when it listens itself.
window.errkbFinder = { root, isServed, trusted, load, cards, cardsOf, keys, rowsOf, prepare, prepareCode, types, early };
load("verdicts.js").catch(() => {
  early.abort();
  document.documentElement.classList.remove("js"); // as without scripts
});
