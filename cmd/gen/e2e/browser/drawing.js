// Returns the texts of drawings that are shown in fewer than 11 CSS pixels, are
// cut off, or stand on each other, and drawings that have no name.
(() => {
  const wrong = [];
  for (const drawing of document.querySelectorAll("svg")) {
    if (!drawing.checkVisibility()) continue;
    const name = drawing.querySelector("title")?.textContent.trim();
    if (!name || !drawing.querySelector("desc")?.textContent.trim()) wrong.push("a drawing has no title or no description");
    const frame = drawing.getBoundingClientRect();
    const boxes = [];
    for (const text of drawing.querySelectorAll("text")) {
      const scale = text.getScreenCTM();
      const size = parseFloat(getComputedStyle(text).fontSize) * Math.hypot(scale.b, scale.d);
      const what = `${JSON.stringify(text.textContent)} of ${JSON.stringify(name)}`;
      if (size < 11) wrong.push(`${what} has ${size.toFixed(1)} px`);
      const box = text.getBoundingClientRect();
      if (box.left < frame.left - 1 || box.right > frame.right + 1 || box.top < frame.top - 1 || box.bottom > frame.bottom + 1) {
        wrong.push(`${what} is cut off`);
      }
      const on = boxes.find((b) => b.left < box.right - 1 && box.left < b.right - 1 && b.top < box.bottom - 4 && box.top < b.bottom - 4);
      if (on) wrong.push(`${what} stands on another text`);
      boxes.push(box);
    }
  }
  return wrong;
})();
