// Parts of pages, and what they remember.

function element(name, className, ...content) {
  const made = document.createElement(name);
  if (className) made.className = className;
  made.append(...content);
  return made;
}

const byId = (id) => document.getElementById(id);
// What a page remembers. A page on a disk may have no storage.
const memory = {
  get(key) {
    try {
      return localStorage.getItem("errkb-" + key) ?? "";
    } catch {
      return "";
    }
  },
  set(key, value) {
    try {
      localStorage.setItem("errkb-" + key, value);
    } catch {}
  },
};

// What changes is told to screen readers in one place.
const status = element("div", "unseen");
status.setAttribute("role", "status");
function announce(text) {
  status.textContent = text;
}
