// The steps behind the replies, in their order.

const findRest = (t, f) => {
  if (!t.coded) t.look();
  findKey(t, f);
  const covered = findNames(t, f);
  findNumbers(t, f);
  findPrefixes(t, f);
  findTemplates(t, f);
  findFailures(t, covered, f);
  findNear(t, covered, f);
  findGuesses(t, f);
};

Object.assign(later, { readPrinted, recordedStatus, recordedCalls, findRest });
errkbLookup.nearest = nearest;
