// What every page starts with.

function start() {
  document.body.append(status);
  document.addEventListener("click", (event) => {
    const button = event.target.closest("button[data-copy], button[data-link]");
    if (button) pressed(button);
  });
  document.addEventListener("keydown", keyed);
  readNotices();
  const shortcut = byId("shortcut");
  if (shortcut) {
    shortcut.checked = hasShortcut();
    shortcut.addEventListener("change", () => memory.set("shortcut", shortcut.checked ? "on" : "off"));
    addEventListener("storage", () => (shortcut.checked = hasShortcut()));
  }
  const filter = byId("filter");
  if (filter) startFilter(filter);
  startPage();
}

if (document.readyState === "loading") document.addEventListener("DOMContentLoaded", start);
else start();
