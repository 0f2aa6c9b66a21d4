// The entries of codes, which the first part of the script has only by their shelves.

for (const [api, group, rows] of codeRows) rows.forEach((row, i) => addFromRow(apis[api].groups[group], i, row));
for (const api of apis) {
  api.isPart = false;
  prepareTable(api);
}
