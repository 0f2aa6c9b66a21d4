// How sentences are put together.

// reason says why there is a match, with a capital unless it begins with what was sent.
const reason = ({ why, words }) => say("%s.|sentence", words.some((own) => why.startsWith(own)) ? why : why.charAt(0).toUpperCase() + why.slice(1));
const list = (texts) => texts.reduce((all, text) => say("%s, %s|list", all, text));

// sentences joins sentences, without those that are empty.
const sentences = (...texts) => texts.filter(Boolean).reduce((all, text) => (all ? say("%s %s|two sentences", all, text) : text), "");

// after returns a sentence with what parts it from the one before.
const after = (before, text) => sentences(before, text).slice(before.length);
