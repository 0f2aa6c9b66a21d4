package lookup

import (
	"testing"

	"github.com/errkb/errkb/cmd/gen/internal/lookup/lookuptest"
)

// TestEvidence wants the reasons of what another match tells, and of what is over.
func TestEvidence(t *testing.T) {
	x := New(shipped(t))
	for text, want := range map[string]string{
		"HTTP/1.1 500 Internal Server Error\n\n{\"success\":false,\"error\":\"Prediction failed\"}": "the reply has the status 500 and the message of MODEL_ERROR, but no code that is listed",
		"HTTP/1.1 503 Service Unavailable\n\n{\"success\":false,\"error\":\"Prediction failed\"}":   "the reply has the status 503, and no code that is listed",
		"I do NOT get ERROR_ZERO_BALANCE any more":                                                  "found ERROR_ZERO_BALANCE in the text, but the text says that it is over",
	} {
		if got := x.Explain(text); len(got) == 0 || got[0].Why != want {
			t.Errorf("%q: got %+v, want why %s", text, got, want)
		}
	}
}

// TestEvidenceOfAsked wants nobody else's code to speak against the API that is asked about.
func TestEvidenceOfAsked(t *testing.T) {
	c := shipped(t)
	x := New(c)
	for _, a := range c.APIs {
		for _, text := range []string{"FastCaptcha 429", "CaptchaAI 429"} {
			if got := lines(x.ExplainOf(a, text)); len(got) != 1 {
				t.Errorf("%q, asked about %s: got %v", text, a.Name, got)
			}
		}
	}
	for _, answer := range lookuptest.Verdicts[:3] {
		if got := lines(x.ExplainOf(c.APIs[1], answer.Text)); len(got) != 1 {
			t.Errorf("%q, asked about %s: got %v", answer.Text, c.APIs[1].Name, got)
		}
	}
}
