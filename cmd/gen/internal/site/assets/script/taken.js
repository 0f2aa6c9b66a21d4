// What the page has from the script before this one.

const { root, isServed, trusted, load, cards, cardsOf, keys, rowsOf, prepare, prepareCode, types, early } = window.errkbFinder;
delete window.errkbFinder;
