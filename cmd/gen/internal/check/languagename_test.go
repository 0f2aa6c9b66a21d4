package check

import (
	"flag"
	"fmt"
	"os"
	"slices"
	"strings"
	"testing"

	"golang.org/x/text/language"
	"golang.org/x/text/language/display"
)

// TestSelfNames compares what languages call themselves with what Unicode says: all of them,
// and those that have names in each script and each region.
func TestSelfNames(t *testing.T) {
	tags := display.Self.Supported.Tags()
	var lines []string
	for _, tag := range tags {
		lines = append(lines, fmt.Sprintf("%s %s\n", tag, display.Self.Name(tag)))
	}
	slices.Sort(lines)
	want := "\n" + strings.Join(lines, "")
	if flag.Lookup("update").Value.String() == "true" { // that of package check_test
		if err := os.WriteFile("selfnames.txt", []byte(want), 0o644); err != nil {
			t.Fatal(err)
		}
	} else if selfNames != want {
		t.Fatal("the names are not those of golang.org/x/text; -update writes them")
	}
	named := 0
	compare := func(parts ...any) {
		tag, err := language.Raw.Compose(parts...)
		if err != nil {
			return
		}
		want := display.Self.Name(tag)
		if got := selfName(tag); got != want {
			t.Errorf("%s calls itself %q, want %q", tag, got, want)
		}
		if want != "" {
			named++
		}
	}
	for _, base := range language.Supported.BaseLanguages() {
		compare(base)
	}
	regions := language.Supported.Regions()
	for _, tag := range tags {
		base, own, _ := tag.Raw()
		for _, region := range regions {
			compare(base, region)
			compare(base, own, region)
		}
		for i, script := range language.Supported.Scripts() {
			compare(base, script)
			compare(base, script, regions[i%len(regions)])
		}
	}
	if named < 50_000 {
		t.Errorf("only %d tags have names", named)
	}
	for text, want := range map[string]string{"de-CH-1996": "Schweizer Hochdeutsch", "zh-TW": "繁體中文", "iw": "עברית", "sr-Latn": "Srpski", "tlh": "tlh", "pt-br": "Português"} {
		if got := languageName(text); got != want {
			t.Errorf("%s is %q, want %q", text, got, want)
		}
	}
}
