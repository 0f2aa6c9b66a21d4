// The paste field.

const handed = () => {
  const found = /^#q=(.*)$/s.exec(location.hash);
  return found && unescaped(found[1]);
};

// Some browsers' searches write a space as +, which encodeURIComponent never leaves.
const unescaped = (text) => {
  try {
    return decodeURIComponent(text.replaceAll("+", " "));
  } catch {
    return text;
  }
};

// startPage starts a page that has the field.
function startPage() {
  const field = byId("paste");
  const clear = byId("clear");
  // The field holds what came at once, and nothing was typed into it since: the next
  // paste is another question.
  let isWhole = false;
  let isPut = false;
  let pause;

  const asks = async () => {
    clearTimeout(pause);
    clear.hidden = field.value === "";
    await answer(field.value);
  };
  const asksAtOnce = async () => {
    isWhole = true;
    setProgram(ownClient.test(field.value) ? "client" : otherProgram.some((sign) => sign.test(field.value)) ? "own" : "");
    await asks();
    if (field.value !== "") bringUp();
  };
  // put replaces the text of the field as typing does, so that it can be undone.
  const put = (text) => {
    field.focus();
    field.select();
    isPut = true;
    const done = text === "" ? document.execCommand("delete") : document.execCommand("insertText", false, text);
    isPut = false;
    if (!done) field.value = text;
    if (text === "") asks();
    else asksAtOnce();
  };

  early.abort(); // from here on, this listens
  field.addEventListener("paste", () => {
    if (isWhole) field.select();
  });
  // Who types is not told after each letter that nothing is known yet.
  field.addEventListener("input", (event) => {
    if (isPut) return;
    clearTimeout(pause);
    if (/^(insertText|insertLineBreak|insertCompositionText|delete)/.test(event.inputType) && field.value !== "") {
      isWhole = false;
      pause = setTimeout(asks, 250);
    } else if (field.value === "") {
      asks();
    } else {
      asksAtOnce();
    }
  });
  clear.addEventListener("click", () => put(""));
  document.addEventListener("keydown", (event) => {
    if (event.key !== "Escape" || event.isComposing || field.value === "" || (event.target !== field && types(event.target))) return;
    event.preventDefault();
    put("");
  });
  // What is pasted anywhere on the page is meant for the field.
  document.addEventListener("paste", (event) => {
    if (types(event.target)) return;
    event.preventDefault();
    put(event.clipboardData.getData("text"));
  });

  const api = byId("api");
  if (api) {
    const known = memory.get("api");
    if (Array.from(api.options).some((option) => option.value === known)) api.value = known;
    const choose = () => {
      memory.set("api", api.value);
      asks();
    };
    api.addEventListener("change", choose);
    byId("verdict").addEventListener("click", (event) => {
      const button = event.target.closest("button[data-api]");
      if (!button) return;
      api.value = button.dataset.api;
      choose();
      api.focus();
    });
  }
  byId("program")?.addEventListener("change", showProgram);

  // The lookup is there before the first paste. Where it can't be loaded, a paste says so.
  loadAll().catch(() => {});

  const takeHanded = () => {
    const text = handed();
    if (text) {
      field.value = text;
      asksAtOnce();
    }
    return Boolean(text);
  };
  addEventListener("hashchange", takeHanded);
  // In a frame, the focus is on the page around it.
  if (self === top && matchMedia("(pointer: fine)").matches) field.focus({ preventScroll: true });
  // What was pasted meanwhile is newer than what the address holds.
  if (field.value === "" && takeHanded()) return;
  field.value ||= history.state?.text ?? "";
  if (field.value !== "") asksAtOnce();
}
