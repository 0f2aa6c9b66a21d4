// The keyboard.

// The key / goes to the paste field, unless it is typed somewhere, or switched off.
const hasShortcut = () => memory.get("shortcut") !== "off";

function keyed(event) {
  if (event.key !== "/" || event.ctrlKey || event.metaKey || event.altKey || types(event.target) || !hasShortcut()) return;
  event.preventDefault();
  const field = byId("paste");
  if (!field) {
    document.location.href = root + "index.html";
    return;
  }
  field.focus();
  field.select();
}
