package classify_test

import (
	"path/filepath"
	"testing"
)

// TestVectorRules wants a vector for each rule, and a rule for each vector.
func TestVectorRules(t *testing.T) {
	var rules map[string]map[string]string
	readJSON(t, filepath.Join(vectorsDir, "rules.json"), &rules)
	if len(rules) == 0 {
		t.Fatal("there are no rules")
	}
	for file, sentences := range rules {
		var vectors []struct{ Holds string }
		readJSON(t, filepath.Join(vectorsDir, file), &vectors)
		held := make(map[string]bool)
		for i, v := range vectors {
			held[v.Holds] = true
			if sentences[v.Holds] == "" {
				t.Errorf("%s %d holds %q, which is not a rule", file, i, v.Holds)
			}
		}
		for rule := range sentences {
			if !held[rule] {
				t.Errorf("no vector of %s holds %s", file, rule)
			}
		}
	}
}
