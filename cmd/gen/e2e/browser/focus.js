// Sets up what TestKeyboard asks of a page: focusProblems, after so many presses of Tab
// as there are elements. Each is noted when the key is let go.
var focusable = [...document.querySelectorAll("a[href], button, input, textarea, select, summary, [tabindex]")].filter(
  (e) => e.checkVisibility() && !e.disabled && e.tabIndex >= 0,
);
var focused = [];
var hidden = [];

addEventListener("keyup", noteFocus, true);

function noteFocus() {
  const element = document.activeElement;
  focused.push(element);
  const name = element.outerHTML.slice(0, 100);
  const style = getComputedStyle(element);
  if (style.outlineStyle === "none" || parseFloat(style.outlineWidth) < 2) hidden.push("focus does not show on " + name);
  const box = element.getBoundingClientRect();
  if (box.width < 2 || box.bottom < 0 || box.top > innerHeight || box.right < 0 || box.left > innerWidth) hidden.push("focus is out of sight on " + name);
}

function focusProblems() {
  const problems = [...hidden];
  focusable.forEach((element, i) => {
    if (focused[i] !== element) problems.push(`Tab ${i + 1} goes to ${focused[i]?.outerHTML.slice(0, 80)}, not to ${element.outerHTML.slice(0, 80)}`);
  });
  return problems.slice(0, 5);
}
null;
