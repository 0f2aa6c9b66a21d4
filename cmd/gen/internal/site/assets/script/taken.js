// What the page has from the script before this one.

const { root, isServed, trusted, load, cards, cardsOf, keys, keysOf, prepare } = window.errkbFinder;
delete window.errkbFinder;
