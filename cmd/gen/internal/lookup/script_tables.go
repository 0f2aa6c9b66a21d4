package lookup

import (
	"math"
	"net/http"
	"slices"
	"strings"
	"time"

	"github.com/errkb/errkb/classify"
	"github.com/errkb/errkb/cmd/gen/internal/say"
)

// scriptTables are the words and bounds of this package, so that the script has
// the same.
type scriptTables struct {
	Entities      map[string]string        `json:"entities"`
	Plain         [][]any                  `json:"plain"`
	Phrases       map[int][]string         `json:"phrases"`
	StatusLabels  []string                 `json:"statusLabels"`
	StatusWords   []string                 `json:"statusWords"`
	StatusEnds    []string                 `json:"statusEnds"`
	StatusNouns   []string                 `json:"statusNouns"`
	StatusPlurals []string                 `json:"statusPlurals"`
	Countless     []string                 `json:"countless"`
	CodeLabels    []string                 `json:"codeLabels"`
	CodeKinds     []string                 `json:"codeKinds"`
	NumberLabels  []string                 `json:"numberLabels"`
	NumberKinds   []string                 `json:"numberKinds"`
	LinkWords     []string                 `json:"linkWords"`
	Marks         []string                 `json:"marks"`
	Words         map[string]string        `json:"words"`
	Failures      [][]any                  `json:"failures"`
	CallWords     []string                 `json:"callWords"`
	StatusKeys    []string                 `json:"statusKeys"`
	BodyKeys      []string                 `json:"bodyKeys"`
	RequestKeys   []string                 `json:"requestKeys"`
	PastBefore    []string                 `json:"pastBefore"`
	PastAfter     []string                 `json:"pastAfter"`
	Original      string                   `json:"originalMessage"`
	LogLine       string                   `json:"logLine"`
	ClauseEnd     string                   `json:"clauseEnd"`
	Denial        string                   `json:"denial"`
	StatusAhead   string                   `json:"statusAhead"`
	StatusDirect  string                   `json:"statusDirectly"`
	StatusBehind  string                   `json:"statusBehind"`
	CalledAddress string                   `json:"calledAddress"`
	HostHeader    string                   `json:"hostHeader"`
	HostNamed     string                   `json:"hostNamed"`
	StatusTitle   string                   `json:"statusTitle"`
	Below         string                   `json:"belowDocument"`
	Base64        string                   `json:"base64"`
	Doubled       string                   `json:"doubled"`
	MarkedWord    string                   `json:"markedWord"`
	Printed       [6]string                `json:"printed"`
	Glyphs        [][]string               `json:"glyphs"`
	Said          map[string]string        `json:"said"`
	Whys          map[string]string        `json:"whys"`
	Actions       map[string]string        `json:"actions"`
	Reasons       map[string]string        `json:"reasons"`
	Units         [][4]any                 `json:"units"`
	Styles        []string                 `json:"styles"`
	Rows          [][4]string              `json:"rows"`
	Kinds         map[string]classify.Kind `json:"kinds"`
	Limits        map[string]any           `json:"limits"`
}

func newScriptTables(l *say.Language) scriptTables {
	t := scriptTables{
		Entities:      entities,
		Phrases:       phrases,
		StatusLabels:  statusLabels,
		StatusWords:   statusWords,
		StatusEnds:    statusEnds,
		StatusNouns:   statusNouns,
		StatusPlurals: statusPlurals,
		Countless:     countless,
		CodeLabels:    codeLabels,
		CodeKinds:     codeKinds,
		NumberLabels:  numberLabels,
		NumberKinds:   numberKinds,
		LinkWords:     linkWords,
		Marks:         marks,
		Words:         map[string]string{},
		Styles:        styles,
		CallWords:     callWords,
		StatusKeys:    statusKeys,
		BodyKeys:      bodyKeys,
		RequestKeys:   requestKeys,
		PastBefore:    pastBefore,
		PastAfter:     pastAfter,
		Original:      originalMessage,
		LogLine:       logLine().String(),
		ClauseEnd:     clauseEnd().String(),
		Denial:        denial().String(),
		StatusAhead:   statusAhead().String(),
		StatusDirect:  statusDirectly().String(),
		StatusBehind:  statusBehind().String(),
		CalledAddress: calledAddress().String(),
		HostHeader:    hostHeader().String(),
		HostNamed:     hostNamed().String(),
		StatusTitle:   statusTitle().String(),
		Below:         belowDocument().String(),
		Base64:        base64Text().String(),
		Doubled:       doubled().String(),
		MarkedWord:    markedWord().String(),
		Printed:       [6]string{barename().String(), bareword().String(), classPrefix().String(), hint().String(), textEscape().String(), jsonNumber().String()},
		Glyphs:        slices.Collect(slices.Chunk(glyphs, 2)),
		Said:          l.DecidedWords(),
		Whys:          make(map[string]string, len(whys)),
		Actions:       map[string]string{},
		Reasons: map[string]string{
			"decision": classify.ReasonDecision.String(), "effect": classify.ReasonEffect.String(),
			"exhausted": classify.ReasonExhausted.String(), "server_delay": classify.ReasonServerDelay.String(),
		},
		Kinds: map[string]classify.Kind{},
		Limits: map[string]any{
			"text": MaxText, "key": MaxKey, "wrapping": wrapping, "pathMarks": pathMarks, "statusMarks": statusMarks,
			"objects": maxObjects, "fields": maxFields, "head": headLength, "commonStart": commonStart, "labelGap": maxLabelGap,
			"shortest": shortest, "wrapped": minWrapped, "statusWords": maxStatusWords,
			"word": longestWord, "numeric": maxNumeric, "typo": minTypo, "typos": minTypos, "mangled": minMangled,
			"cut": minCut, "words": maxWords, "checks": maxChecks, "near": maxNear, "value": maxValue, "bare": maxBare, "title": maxTitle, "depth": maxDepth, "proxy": http.StatusProxyAuthRequired, "alike": minAlike, "example": maxExample, "hits": maxHits, "code": maxCode,
			"logStart": maxLogStart, "past": maxPast, "before": maxBefore, "called": maxCalled, "host": maxHost, "also": say.MaxAlso, "ownBound": ownBound().String(), "pastAround": pastAround().String(), "pastThat": pastThat().String(), "anyAddress": anyAddress().String(), "pastNext": pastNext().String(), "longest": time.Duration(math.MaxInt64).Milliseconds(), "serverDelay": classify.DefaultServerDelayMax.Milliseconds(),
		},
	}
	for name, m := range whys {
		t.Whys[name] = l.Template(m)
	}
	for _, p := range plainRanges {
		t.Plain = append(t.Plain, []any{p.first, p.last, p.plain})
	}
	for name, words := range map[string][]string{
		"fronts": fronts, "sayings": sayings, "receipts": receipts, "articles": articles, "technical": technical, "havings": havings, "speakers": speakers, "followers": followers, "manyEnds": manyEnds, "adverbs": adverbs, "laterSayings": laterSayings, "wideEnds": wideEnds, "errors": errorWords, "wideSayings": wideSayings,
	} {
		t.Words[name] = strings.Join(words, " ")
	}
	for _, kind := range failures {
		t.Failures = append(t.Failures, []any{kind, textsOf(kind)})
	}
	for _, r := range rows {
		t.Rows = append(t.Rows, [4]string{r.subject, r.styles, r.when, string(r.sure)})
	}
	for _, a := range classify.Actions() {
		t.Actions[a.String()] = l.ActionTitle(a)
	}
	for length, names := range l.Units() {
		t.Units = append(t.Units, [4]any{length.Nanoseconds(), names[0], names[1], names[2]})
	}
	for kind := range classify.KindSuccess + 1 {
		t.Kinds[kind.String()] = kind
	}
	return t
}

// textsOf returns the texts of the wordings about a kind of failure, a line each, by
// how much they tell.
func textsOf(kind classify.Failure) (all [vague + 1]string) {
	for _, w := range wordings {
		if w.kind == kind {
			all[w.tells] += fold(strings.Join(w.texts, "\n")) + "\n"
		}
	}
	return all
}
