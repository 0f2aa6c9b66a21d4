// How the site is used from other pages.

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
