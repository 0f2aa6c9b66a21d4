// The field that filters tables.

function startFilter(input) {
  const rows = Array.from(document.querySelectorAll(".entries tbody tr"), (row) => ({ row, text: row.textContent.toLowerCase() }));
  input.addEventListener("input", () => {
    const words = input.value.toLowerCase().split(/\s+/);
    let shown = 0;
    for (const { row, text } of rows) {
      row.hidden = !words.every((word) => text.includes(word));
      if (!row.hidden) shown++;
    }
    for (const table of document.querySelectorAll(".entries")) table.parentElement.hidden = !table.querySelector("tbody tr:not([hidden])");
    const news = input.value.trim() === "" ? "" : say("%d of %d|rows of tables", shown, rows.length);
    byId("filtered").textContent = news;
    announce(news);
  });
}
