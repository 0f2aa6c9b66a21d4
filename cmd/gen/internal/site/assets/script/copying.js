// The buttons that copy.

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
