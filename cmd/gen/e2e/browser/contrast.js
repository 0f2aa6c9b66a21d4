// Computes the contrast of every text with what it stands on (WCAG 2.2, success
// criterion 1.4.3), and of borders of controls and lines of drawings (1.4.11).
// Returns what is too low, and how many pairs were computed.
(() => {
  const least = { text: 4.5, large: 3, graphic: 3 };
  const low = [];
  let pairs = 0;

  function colour(text) {
    const numbers = text.match(/[\d.]+(?:e-?\d+)?/g).map(Number);
    if (text.startsWith("rgb")) return { rgb: numbers.slice(0, 3), alpha: numbers[3] ?? 1 };
    if (text.startsWith("color(srgb")) return { rgb: numbers.slice(0, 3).map((n) => n * 255), alpha: numbers[3] ?? 1 };
    throw new Error("can't read the colour " + text);
  }
  function over(top, bottom) {
    return top.rgb.map((n, i) => n * top.alpha + bottom[i] * (1 - top.alpha));
  }
  function luminance(rgb) {
    const [r, g, b] = rgb.map((n) => n / 255).map((n) => (n <= 0.04045 ? n / 12.92 : ((n + 0.055) / 1.055) ** 2.4));
    return 0.2126 * r + 0.7152 * g + 0.0722 * b;
  }
  function ratio(a, b) {
    const [dark, light] = [luminance(a), luminance(b)].sort((x, y) => x - y);
    return (light + 0.05) / (dark + 0.05);
  }

  // What an element's content stands on: the colours of it and all around it.
  const canvas = matchMedia("(prefers-color-scheme: dark)").matches ? [18, 18, 18] : [255, 255, 255];
  const grounds = new Map();
  function ground(element) {
    if (!element) return canvas;
    if (!grounds.has(element)) {
      const style = getComputedStyle(element);
      if (style.backgroundImage !== "none") throw new Error("an image is behind " + element.outerHTML.slice(0, 80));
      if (style.opacity !== "1") throw new Error("opacity on " + element.outerHTML.slice(0, 80));
      grounds.set(element, over(colour(style.backgroundColor), ground(element.parentElement)));
    }
    return grounds.get(element);
  }
  function hold(what, front, back, need) {
    pairs++;
    const shown = over(colour(front), back);
    const found = ratio(shown, back);
    if (found < need) low.push(`${what}: ${front} on rgb(${back.map(Math.round)}) is ${found.toFixed(2)}, not ${need}`);
  }
  function needed(style) {
    const size = parseFloat(style.fontSize);
    return size >= 24 || (size >= 18.66 && Number(style.fontWeight) >= 700) ? least.large : least.text;
  }
  const shows = (element) => element.checkVisibility({ visibilityProperty: true }) && !element.closest(".unseen");

  const texts = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  while (texts.nextNode()) {
    const element = texts.currentNode.parentElement;
    const text = texts.currentNode.data.trim();
    if (text === "" || !shows(element) || ["SCRIPT", "STYLE", "TITLE", "DESC", "NOSCRIPT"].includes(element.tagName.toUpperCase())) continue;
    const style = getComputedStyle(element);
    const front = element instanceof SVGElement ? style.fill : style.color;
    hold(JSON.stringify(text.slice(0, 40)), front, ground(element), needed(style));
  }
  for (const element of document.body.querySelectorAll("*")) {
    if (!shows(element)) continue;
    for (const part of ["::before", "::after", "::marker", "::placeholder"]) {
      const style = getComputedStyle(element, part);
      const says = part === "::placeholder" ? element.placeholder : part !== "::marker" && /^"(?!")|attr\(/.test(style.content);
      if (says) hold(element.tagName + part, style.color, ground(element), needed(style));
    }
    if (/^(button|textarea|select)$/i.test(element.tagName)) {
      const style = getComputedStyle(element);
      const outside = ground(element.parentElement);
      if (ratio(ground(element), outside) < least.graphic) hold(element.tagName + " border", style.borderTopColor, outside, least.graphic);
    }
    if (element instanceof SVGGeometryElement) {
      const style = getComputedStyle(element);
      const paint = style.stroke === "none" ? style.fill : style.stroke;
      if (paint !== "none") hold("<" + element.tagName + " class=" + element.getAttribute("class") + ">", paint, ground(element), least.graphic);
    }
  }
  return { low, pairs };
})();
