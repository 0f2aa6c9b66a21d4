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
	found := listedCode("NoSuchKey")
	checkBodies(t, c, []bodyCase{
		{"plain", `<Error><Code>NoSuchKey</Code></Error>`, found},
		{"declaration", `<?xml version="1.0" encoding="UTF-8"?>` + "\n" + `<Error><Code>NoSuchKey</Code></Error>`, found},
		{"byte order mark", "\ufeff<?xml version=\"1.0\"?><Error><Code>NoSuchKey</Code></Error>", found},
		{"space", "\n <Error>\n <Code>\n NoSuchKey\t</Code> </Error>\n", found},
		{"default namespace", `<Error xmlns="http://s3.example/doc/"><Code>NoSuchKey</Code></Error>`, found},
		{"prefixed namespace", `<s:Error xmlns:s="urn:s"><s:Code>NoSuchKey</s:Code></s:Error>`, found},
		{"undeclared prefix", `<s:Error><t:Code>NoSuchKey</t:Code></s:Error>`, found},
		{"attributes", `<Error a="1" b='<2'><Code>x</Code></Error>`, readNothing}, // < can't stand in an attribute
		{"attributes too", `<Error a="1" b="&lt;2"><Code c="d">NoSuchKey</Code></Error>`, found},
		{"code in an attribute", `<Error Code="NoSuchKey"/>`, readNothing},
		{"comments", `<!-- a --><Error><!-- b --><Code>NoSuch<!-- c -->Key</Code></Error><!-- d -->`, found},
		{"instructions", `<Error><?a b?><Code>NoSuchKey<?c d?></Code></Error>`, found},
		{"CDATA", `<Error><Code><![CDATA[NoSuchKey]]></Code></Error>`, found},
		{"split CDATA", `<Error><Code>NoSuch<![CDATA[Key]]></Code></Error>`, found},
		{"entities", `<Error><Code>NoSuch&#75;e&#x79;</Code></Error>`, found},
		{"known entity", `<Error><Code>a&amp;b</Code></Error>`, unlistedCode("a&b")},
		{"unknown entity", `<Error><Code>a&nbsp;b</Code></Error>`, readNothing},
		{"doctype", `<!DOCTYPE Error SYSTEM "error.dtd"><Error><Code>NoSuchKey</Code></Error>`, found},
		{"own entity", `<!DOCTYPE Error [<!ENTITY k "NoSuchKey">]><Error><Code>&k;</Code></Error>`, readNothing},
		{"outside entity", `<!DOCTYPE Error [<!ENTITY k SYSTEM "file:///etc/passwd">]><Error><Code>&k;</Code></Error>`, readNothing},
		{"latin-1", "<?xml version=\"1.0\" encoding=\"ISO-8859-1\"?><Error><Code>Gr\xf6\xdfe</Code></Error>", listedCode("Größe")},
		{"windows-1252", "<?xml version='1.0' encoding='windows-1252'?><Error><Code>NoSuchKey</Code></Error>", found},
		{"wrong encoding", "<?xml version=\"1.0\"?><Error><Code>Gr\xf6\xdfe</Code></Error>", readNothing},
		{"first of several", `<Error><Code>NoSuchKey</Code><Code>Other</Code></Error>`, found},
		{"empty first", `<Error><Code/><Code>NoSuchKey</Code></Error>`, readNothing}, // the first element there is
		{"backtracks", `<R><Errors/><Errors><Error/><Error><Code>NoSuchKey</Code></Error></Errors></R>`, found},
		{"star", `<AnyName><Errors><Error><Code>NoSuchKey</Code></Error></Errors></AnyName>`, found},
		{"star is one element", `<a><b><Errors><Error><Code>NoSuchKey</Code></Error></Errors></b></a>`, readNothing},
		{"root is in the path", `<Code>NoSuchKey</Code>`, readNothing},
		{"other case", `<error><code>NoSuchKey</code></error>`, readNothing},
		{"children", `<Error><Code>NoSuch<b>Big</b>Key</Code></Error>`, found},
		{"second place", `<Error><Errors><Error><Code>NoSuchKey</Code></Error></Errors></Error>`, found},
		{"prose", `<Error><Code>No such key!</Code></Error>`, unlistedCode("No such key!")},
		{"truncated", `<Error><Code>NoSuchKey</Code>`, readNothing},
		{"truncated in a tag", `<Error><Code>NoSuchKey</Co`, readNothing},
		{"mismatched", `<Error><Code>NoSuchKey</Error></Code>`, readNothing},
		{"closed twice", `<Error><Code>NoSuchKey</Code></Error></Error>`, readNothing},
		{"two roots", `<Error><Code>NoSuchKey</Code></Error><Error/>`, readNothing},
		{"trailing text", `<Error><Code>NoSuchKey</Code></Error> and more`, readNothing},
		{"leading text", `error: <Error><Code>NoSuchKey</Code></Error>`, readNothing},
		{"declaration alone", `<?xml version="1.0"?>`, readNothing},
		{"page", `<!DOCTYPE html><html><head><meta charset=utf-8><title>502</title></head><body><hr></body></html>`, readNothing},
		{"strict page", `<html><body><h1>502 Bad Gateway</h1></body></html>`, readNothing},
		{"deep", strings.Repeat("<a>", 6000) + strings.Repeat("</a>", 6000), readNothing},
		{"no bracket", `NoSuchKey`, readNothing},
		{"bracket alone", `<`, readNothing},
		{"object", `{"Error":{"Code":"NoSuchKey"}}`, readNothing},
		{"empty", ``, readNothing},
	})
}
