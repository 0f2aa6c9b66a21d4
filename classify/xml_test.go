package classify

import (
	"strings"
	"testing"
)

func TestXMLForm(t *testing.T) {
	c := indexed(&Catalog{
		Forms: []Form{{Syntax: XML, Code: []Path{{"Error", "Code"}, {"*", "Errors", "Error", "Code"}}}},
		Codes: []Entry{{Code: "NoSuchKey"}, {Code: "Größe"}},
	})
	found := listed("NoSuchKey")
	checkBodies(t, c, []bodyCase{
		{"plain", `<Error><Code>NoSuchKey</Code></Error>`, found},
		{"declaration", `<?xml version="1.0" encoding="UTF-8"?>` + "\n" + `<Error><Code>NoSuchKey</Code></Error>`, found},
		{"byte order mark", "\ufeff<?xml version=\"1.0\"?><Error><Code>NoSuchKey</Code></Error>", found},
		{"space", "\n <Error>\n <Code>\n NoSuchKey\t</Code> </Error>\n", found},
		{"default namespace", `<Error xmlns="http://s3.example/doc/"><Code>NoSuchKey</Code></Error>`, found},
		{"prefixed namespace", `<s:Error xmlns:s="urn:s"><s:Code>NoSuchKey</s:Code></s:Error>`, found},
		{"undeclared prefix", `<s:Error><t:Code>NoSuchKey</t:Code></s:Error>`, found},
		{"attributes", `<Error a="1" b='<2'><Code>x</Code></Error>`, neither}, // < can't stand in an attribute
		{"attributes too", `<Error a="1" b="&lt;2"><Code c="d">NoSuchKey</Code></Error>`, found},
		{"code in an attribute", `<Error Code="NoSuchKey"/>`, neither},
		{"comments", `<!-- a --><Error><!-- b --><Code>NoSuch<!-- c -->Key</Code></Error><!-- d -->`, found},
		{"instructions", `<Error><?a b?><Code>NoSuchKey<?c d?></Code></Error>`, found},
		{"CDATA", `<Error><Code><![CDATA[NoSuchKey]]></Code></Error>`, found},
		{"split CDATA", `<Error><Code>NoSuch<![CDATA[Key]]></Code></Error>`, found},
		{"entities", `<Error><Code>NoSuch&#75;e&#x79;</Code></Error>`, found},
		{"known entity", `<Error><Code>a&amp;b</Code></Error>`, code("a&b")},
		{"unknown entity", `<Error><Code>a&nbsp;b</Code></Error>`, neither},
		{"doctype", `<!DOCTYPE Error SYSTEM "error.dtd"><Error><Code>NoSuchKey</Code></Error>`, found},
		{"own entity", `<!DOCTYPE Error [<!ENTITY k "NoSuchKey">]><Error><Code>&k;</Code></Error>`, neither},
		{"outside entity", `<!DOCTYPE Error [<!ENTITY k SYSTEM "file:///etc/passwd">]><Error><Code>&k;</Code></Error>`, neither},
		{"latin-1", "<?xml version=\"1.0\" encoding=\"ISO-8859-1\"?><Error><Code>Gr\xf6\xdfe</Code></Error>", listed("Größe")},
		{"windows-1252", "<?xml version='1.0' encoding='windows-1252'?><Error><Code>NoSuchKey</Code></Error>", found},
		{"wrong encoding", "<?xml version=\"1.0\"?><Error><Code>Gr\xf6\xdfe</Code></Error>", neither},
		{"first of several", `<Error><Code>NoSuchKey</Code><Code>Other</Code></Error>`, found},
		{"empty first", `<Error><Code/><Code>NoSuchKey</Code></Error>`, neither}, // the first element there is
		{"backtracks", `<R><Errors/><Errors><Error/><Error><Code>NoSuchKey</Code></Error></Errors></R>`, found},
		{"star", `<AnyName><Errors><Error><Code>NoSuchKey</Code></Error></Errors></AnyName>`, found},
		{"star is one element", `<a><b><Errors><Error><Code>NoSuchKey</Code></Error></Errors></b></a>`, neither},
		{"root is in the path", `<Code>NoSuchKey</Code>`, neither},
		{"other case", `<error><code>NoSuchKey</code></error>`, neither},
		{"children", `<Error><Code>NoSuch<b>Big</b>Key</Code></Error>`, found},
		{"second place", `<Error><Errors><Error><Code>NoSuchKey</Code></Error></Errors></Error>`, found},
		{"prose", `<Error><Code>No such key!</Code></Error>`, code("No such key!")},
		{"truncated", `<Error><Code>NoSuchKey</Code>`, neither},
		{"truncated in a tag", `<Error><Code>NoSuchKey</Co`, neither},
		{"mismatched", `<Error><Code>NoSuchKey</Error></Code>`, neither},
		{"closed twice", `<Error><Code>NoSuchKey</Code></Error></Error>`, neither},
		{"two roots", `<Error><Code>NoSuchKey</Code></Error><Error/>`, neither},
		{"trailing text", `<Error><Code>NoSuchKey</Code></Error> and more`, neither},
		{"leading text", `error: <Error><Code>NoSuchKey</Code></Error>`, neither},
		{"declaration alone", `<?xml version="1.0"?>`, neither},
		{"page", `<!DOCTYPE html><html><head><meta charset=utf-8><title>502</title></head><body><hr></body></html>`, neither},
		{"strict page", `<html><body><h1>502 Bad Gateway</h1></body></html>`, neither},
		{"deep", strings.Repeat("<a>", 6000) + strings.Repeat("</a>", 6000), neither},
		{"no bracket", `NoSuchKey`, neither},
		{"bracket alone", `<`, neither},
		{"object", `{"Error":{"Code":"NoSuchKey"}}`, neither},
		{"empty", ``, neither},
	})
}
