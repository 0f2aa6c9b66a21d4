package lookup

import (
	"cmp"
	"maps"
	"regexp"
	"slices"
	"strings"
)

// shortened returns sections of one script with short identifiers in place of those that
// they declare, and without line ends that nothing needs, and those identifiers by what they
// replace. An identifier stays where the same word may be something else: a member, a key,
// a part of a template. All others of the same word are changed alike, so that it does not
// matter which of them is meant.
func shortened(sections []string) (out []string, short map[string]string) {
	all := make([][]string, len(sections))
	counts, fixed := map[string]int{}, map[string]bool{}
	for i, section := range sections {
		all[i] = tokensOf(section)
		var open []string
		for k, token := range all[i] {
			switch {
			case strings.Contains("([{", token):
				open = append(open, token)
			case strings.Contains(")]}", token) && len(open) > 0:
				open = open[:len(open)-1]
			}
			inBraces := len(open) > 0 && open[len(open)-1] == "{"
			before, after := tokenBefore(all[i], k), tokenAfter(all[i], k)
			switch {
			case token[0] == '`':
				for _, word := range identifier.FindAllString(token, -1) {
					fixed[word] = true
				}
			case !identifier.MatchString(token[:1]):
			case before == ".", inBraces && strings.Contains("{,", before) && strings.Contains(",}:=", after):
				fixed[token] = true
			case before == "const" || before == "let" || before == "class":
				counts[token] += 0
			}
		}
	}
	for _, tokens := range all {
		for _, token := range tokens {
			if _, declared := counts[token]; declared {
				counts[token]++
			}
			if len(token) < 3 {
				fixed[token] = true // and no other gets its name
			}
		}
	}
	names := slices.SortedFunc(maps.Keys(counts), func(a, b string) int { return cmp.Or(cmp.Compare(counts[b], counts[a]), strings.Compare(a, b)) })
	short = map[string]string{}
	next := 0
	for _, name := range names {
		if fixed[name] {
			continue
		}
		for own := ""; own == "" || fixed[own]; next++ {
			own = shortName(next)
			short[name] = own
		}
	}
	out = make([]string, len(all))
	for i, tokens := range all {
		for k, token := range tokens {
			tokens[k] = cmp.Or(short[token], token)
			if before := tokenBefore(tokens, k); token == "\n" && k+1 < len(tokens) && before != "" && strings.Contains(";{,([", before) {
				tokens[k] = ""
			}
		}
		out[i] = strings.Join(tokens, "")
	}
	return out, short
}

// shortName returns the nth name of a capital, or of one and another letter or digit: no
// word of the language is one.
func shortName(n int) string {
	const letters, others = "ABCDEFGHIJKLMNOPQRSTUVWXYZ", "abcdefghijklmnopqrstuvwxyz0123456789"
	if n < len(letters) {
		return letters[n : n+1]
	}
	n -= len(letters)
	return letters[n/len(others):n/len(others)+1] + others[n%len(others):n%len(others)+1]
}

var (
	identifier = regexp.MustCompile(`[A-Za-z_$][A-Za-z0-9_$]*`)
	jsLiteral  = regexp.MustCompile("^(?:\"(?:\\\\.|[^\"\\\\])*\"|'(?:\\\\.|[^'\\\\])*'|`[^`]*`|[A-Za-z0-9_$]+|\\s+|\\.\\.\\.)")
	jsPattern  = regexp.MustCompile(`^/(?:\\.|\[(?:\\.|[^\]\\])*\]|[^/\\\[\n])+/[a-z]*`)
)

// tokensOf cuts a script into texts, patterns, words, spaces and marks.
func tokensOf(script string) (tokens []string) {
	for script != "" {
		token := jsLiteral.FindString(script)
		if before := tokenBefore(tokens, len(tokens)); token == "" && (before == "" || before == "return" || strings.Contains("=(,:[!&|?{};>+-*%<~^", before[len(before)-1:])) {
			token = jsPattern.FindString(script)
		}
		token = cmp.Or(token, script[:1])
		tokens, script = append(tokens, token), script[len(token):]
	}
	return tokens
}

// tokenBefore and tokenAfter return the token that stands beside one, whatever space is
// between them, or nothing.
func tokenBefore(tokens []string, k int) string {
	for k--; k >= 0; k-- {
		if strings.TrimSpace(tokens[k]) != "" {
			return tokens[k]
		}
	}
	return ""
}

func tokenAfter(tokens []string, k int) string {
	for k++; k < len(tokens); k++ {
		if strings.TrimSpace(tokens[k]) != "" {
			return tokens[k]
		}
	}
	return ""
}
