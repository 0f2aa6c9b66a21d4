package classify

import "testing"

func TestMessage(t *testing.T) {
	c := &Catalog{Forms: []Form{
		{Syntax: JSON, Code: []Path{{"code"}}, Message: []Path{{"error", "message"}, {"error"}}},
		{Syntax: XML, Message: []Path{{"Error", "Message"}}},
	}}
	for body, want := range map[string]string{
		`{"code":"X","error":"Too many requests"}`:      "Too many requests",
		`{"error":{"message":"Caf\u00e9 closed"}}`:      "Café closed",
		`{"error":{"detail":"none of the places"}}`:     "",
		`<Error><Message> Slow down </Message></Error>`: "Slow down",
		`{"error":""}`: "",
		`not found`:    "",
	} {
		if got := c.Message(Reply{Status: 400, Body: []byte(body)}); got != want {
			t.Errorf("the message of %s is %q, want %q", body, got, want)
		}
	}
	if got := c.Message(Reply{Err: FailureTimeout, Body: []byte(`{"error":"x"}`)}); got != "" {
		t.Errorf("the message of no reply is %q", got)
	}
}
