// Package say holds the sentences that docs, site, command and JSON share: it
// turns the facts of package model into English. Emitters print what it returns
// and word nothing that another emitter words too.
//
// A file is named after what it says, and a name begins with its topic: what is
// said of a reply form begins with Form, of a retry with Retry. Words that stand
// alone, such as titles and units, are in english.go. A [Text] is what quotes the
// wire; all else is a string, which ends in a full stop only if it is a sentence.
package say
