// Package say holds the sentences that docs, site, command and JSON share: it
// turns the facts of package model into words, in English or in one of the languages that
// it has a file of. Emitters print what it returns and word nothing that another emitter
// words too.
//
// A [Language] says it all. What is code, output of the command or JSON is in [English];
// docs, site and answers are in the language of the catalog, which [In] finds. Each text
// is a [Message]: English, and the key of its translations. A sentence is one message, with
// verbs for what differs, as other languages have another order of words.
//
// A file is named after what it says, and a name begins with its topic: what is
// said of a reply form begins with Form, of a retry with Retry. Words that stand
// alone, such as titles and units, are in words.go. A [Text] is what quotes the
// wire; all else is a string, which ends in a full stop only if it is a sentence.
package say
