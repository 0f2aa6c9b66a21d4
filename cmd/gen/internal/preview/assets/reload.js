// Loads the page again when gen serve has rebuilt the site. gen serve adds this
// to the pages that it shows; a site on disk does not have it.
(() => {
  "use strict";

  // The version of the page stands in this script's own address. The server holds
  // back the answer to the question whether there is another.
  const question = document.currentScript.src.replace("~reload.js", "~wait.js");
  let asking = false;
  let asked = 0;

  // A page that nobody sees does not ask: it would keep a connection, and browsers
  // open only a few.
  function ask() {
    if (asking || document.hidden) return;
    asking = true;
    const script = document.createElement("script");
    script.src = `${question}&n=${++asked}`;
    script.onload = () => rest(script, 1000);
    script.onerror = () => rest(script, 3000);
    document.head.append(script);
  }

  function rest(script, milliseconds) {
    script.remove();
    asking = false;
    setTimeout(ask, milliseconds);
  }

  // What is in the paste field is still there afterwards, so that one sees what
  // becomes of it.
  const field = document.getElementById("paste");
  if (field) {
    field.value = sessionStorage.getItem("errkb-paste") ?? field.value;
    sessionStorage.removeItem("errkb-paste");
  }

  addEventListener("errkb-changed", () => {
    if (field) sessionStorage.setItem("errkb-paste", field.value);
    location.reload();
  });
  addEventListener("load", ask);
  document.addEventListener("visibilitychange", ask);
})();
