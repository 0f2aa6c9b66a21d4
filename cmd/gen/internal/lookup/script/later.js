// What the second part of the script adds to this one, which can answer some texts before it
// is there. Until then, whoever needs it gives up.

const notYet = new Error("the rest of the script is not there yet");
const giveUp = () => {
  throw notYet;
};

const later = {
  readPrinted: giveUp,
  recordedStatus: giveUp,
  recordedCalls: (object, r, f) => (knowsReply(r, f) ? [] : giveUp()),
  findRest: (t, f) => f.isSettled() || giveUp(),
};
