package classify

import (
	"fmt"
	"strings"
	"testing"
)

// plainDocuments are documents that are read without encoding/xml.
var plainDocuments = []string{
	`<Error><Code>NoSuchKey</Code></Error>`,
	`<?xml version="1.0" encoding="UTF-8"?>` + "\n<Error>\n  <Code>NoSuchKey</Code>\n  <Message>Größe &amp; &lt;Form&gt;</Message>\n</Error>\n",
	`<?xml version="1.0" encoding="utf-8" standalone="yes"?><a/>`,
	`<?xml version="1.0"?><a></a>`,
	`<s:Envelope xmlns:s="urn:s" xmlns='urn:t'><s:Body a-b.c="1 &quot;2&quot;" d='"'  ><f:Code f:e="3"/></s:Body ></s:Envelope>`,
	`<a><b>1</b><b k="v">2</b><c/><b>3</b></a>`,
	`<a> <b/> text <b/> </a>`,
	"<a>\n\t<_b.c-1>x]]y</_b.c-1></a>",
	`<a>` + strings.Repeat(`<b c="d"/>`, 23) + `</a>`,
}

// otherDocuments are left to encoding/xml, which takes some of them.
var otherDocuments = []string{
	``, `<`, `<a`, `<a>`, `</a>`, `<a></b>`, `<a></a></a>`, `<a/><b/>`, `<a/>x`, `<a/`, `<a / >`, `< a/>`, `<1/>`, `<:a/>`, `<a:/>`, `<a:1/>`, `<a:b:c/>`,
	`<p:a></a>`, `<a></p:a>`, `<p:a></q:a>`, `<aa></a>`, `<a></aa>`, `<a b/>`, `<a b=c/>`, `<a b="<"/>`, `<a b="c"d="e"/>`, `<a b = "c"/>`, `<a b="c/>`,
	`<a>1<b/>2</a>`, `<a>&nbsp;</a>`, `<a>&#75;</a>`, `<a>&amp</a>`, `<a>]]></a>`, "<a>\r\n</a>", "<a>1\r\n2</a>", "<a>\x01</a>", "<a>\xff</a>", "<a>\uffff</a>", "<a>\ufffd</a>",
	`<a><![CDATA[b]]></a>`, `<a><!-- b --></a>`, `<!DOCTYPE a><a/>`, `<a><?b c?></a>`, `<?xml version="1.1"?><a/>`, `<?xml version="1.0" encoding="latin1"?><a/>`,
	`<?xml version="1.0"><a/>`, `<a/><?xml version="1.0"?>`, `<?xml?>`, `<é/>`, `<a é="1"/>`,
	`<a>` + strings.Repeat(`<b/>`, 60) + `</a>`,
}

// shown is a tree as text: names and texts in the order of the document.
func (t *tree) shown() string {
	var out strings.Builder
	var show func(at int32)
	show = func(at int32) {
		node := t.node(at)
		fmt.Fprintf(&out, "(%q %t %q", t.source[node.name.start:node.name.end], node.attribute, t.text(at, nil))
		for i := node.first; i > 0; i = t.node(i).next {
			show(i)
		}
		out.WriteByte(')')
	}
	if t.nodes > 0 {
		show(0)
	}
	return out.String()
}

// sameTree reports whether a document is scanned, and checks that encoding/xml then says
// the same of it.
func sameTree(t *testing.T, text string) bool {
	var scanned, decoded tree
	if len(text) == 0 || text[0] != '<' || !scanned.scan([]byte(text)) {
		return false
	}
	if decoded.decode([]byte(text), false); scanned.shown() != decoded.shown() {
		t.Errorf("%q is read as\n%s, want\n%s", text, scanned.shown(), decoded.shown())
	}
	return true
}

func TestScanXML(t *testing.T) {
	for _, text := range plainDocuments {
		if !sameTree(t, text) {
			t.Errorf("%q is not scanned", text)
		}
	}
	for _, text := range otherDocuments {
		if sameTree(t, text) {
			t.Errorf("%q is scanned", text)
		}
	}
	for _, text := range plainDocuments[1:8] { // each of them with one byte less, or another one, or one more
		for i := range text {
			sameTree(t, text[:i])
			sameTree(t, text[:i]+text[i+1:])
			for _, c := range []byte("<>/='\"&;:] \t\n\r\x00\x1f.-_@[`{aZ09\x80\xc3") {
				sameTree(t, text[:i]+string([]byte{c})+text[i+1:])
				sameTree(t, text[:i]+string([]byte{c})+text[i:])
			}
		}
	}
}

func FuzzScanXML(f *testing.F) {
	for _, text := range append(plainDocuments, otherDocuments...) {
		f.Add(text)
	}
	f.Fuzz(func(t *testing.T, text string) { sameTree(t, text) })
}
