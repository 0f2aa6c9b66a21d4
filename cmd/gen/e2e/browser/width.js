// Returns what is wider than its place: the page, what scrolls sideways on its own,
// what sticks out of the window, and what spills over its own edge.
(() => {
  const page = document.scrollingElement;
  const wide = [];
  const name = (e) => e.outerHTML.replace(/\s+/g, " ").slice(0, 100);
  if (page.scrollWidth > page.clientWidth) wide.push(`the page: ${page.scrollWidth} of ${page.clientWidth} px`);
  for (const element of document.body.querySelectorAll("*")) {
    if (element.closest(".unseen, thead, .skip") || !element.checkVisibility()) continue;
    const style = getComputedStyle(element);
    if (/auto|scroll/.test(style.overflowX) && element.scrollWidth > element.clientWidth) wide.push("scrolls: " + name(element));
    if (element.clientWidth > 0 && element.scrollWidth > element.clientWidth + 1 && style.overflowX === "visible") wide.push("spills: " + name(element));
    if (element.getBoundingClientRect().right > page.clientWidth + 1) wide.push("sticks out: " + name(element));
  }
  return wide.slice(0, 6);
})();
