package model

import "strings"

// Phrase is a sentence in which some parts are quoted from the wire; emitters
// set those apart in their own way.
type Phrase []Span

// Span is a part of a phrase.
type Span struct {
	Text string
	Wire bool // as it stands in a reply, such as a member's name
}

// String returns the phrase as plain text.
func (p Phrase) String() string {
	var text strings.Builder
	for _, span := range p {
		text.WriteString(span.Text)
	}
	return text.String()
}

func said(text string) Span { return Span{Text: text} }

func wired(text string) Span { return Span{Text: text, Wire: true} }

// enumeratePhrases joins phrases with commas, and the last with a word such as " or ".
func enumeratePhrases(phrases []Phrase, last string) Phrase {
	var all Phrase
	for i, phrase := range phrases {
		switch {
		case i == 0:
		case i == len(phrases)-1:
			all = append(all, said(last))
		default:
			all = append(all, said(", "))
		}
		all = append(all, phrase...)
	}
	return all
}
