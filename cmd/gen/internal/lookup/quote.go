package lookup

import (
	"slices"
	"sort"
	"strings"
	"sync"

	"github.com/errkb/errkb/cmd/gen/internal/pattern"
)

// newText cleans a text and cuts it, and notes what of it is quoted.
func newText(pasted string) *text {
	lines := cleanLines(pasted)
	t := cut(dropQuoteMarks(lines))
	t.noteQuotes(lines)
	return t
}

// noteQuotes notes which lines are quoted from an older mail: those after a mark, and all
// below the line that some programs put there. Where there are no others, none counts.
func (t *text) noteQuotes(lines string) {
	mark := strings.Index(lines, originalMessage)
	if mark < 0 && !hasQuoteMark(lines) {
		return
	}
	any, all, isBelow := false, true, mark >= 0
	quotes := make([]bool, 0, strings.Count(lines, "\n")+1)
	starts := make([]int, 0, cap(quotes))
	clean := t.clean
	for more := true; more; {
		var line string
		line, lines, more = strings.Cut(lines, "\n")
		mark -= len(line) + 1 // below 0 behind it
		quoted := isBelow && mark < 0 || isQuoteMarked(line)
		starts, quotes = append(starts, len(t.clean)-len(clean)), append(quotes, quoted)
		_, clean, _ = strings.Cut(clean, "\n")
		any = any || quoted
		all = all && (quoted || strings.TrimSpace(line) == "")
	}
	if any && !all {
		t.lines, t.quotes = starts, quotes
	}
}

const originalMessage = "-----Original Message-----"

// isQuoted reports whether what stands at a place is quoted from an older mail.
func (t *text) isQuoted(at int) bool {
	if t.quotes == nil {
		return false
	}
	return t.quotes[sort.Search(len(t.lines), func(i int) bool { return t.lines[i] > at })-1]
}

// isLog reports whether the text is lines of a log: two of them start with a time.
func (t *text) isLog() bool {
	found := 0
	for line := range strings.SplitSeq(t.clean, "\n") {
		if mayHaveTime(line) && logLine().MatchString(head(line, maxLogStart)) {
			if found++; found == 2 {
				return true
			}
		}
	}
	return false
}

// mayHaveTime reports whether logLine may match a line: few lines of other texts start so.
func mayHaveTime(line string) bool {
	for line != "" && strings.IndexByte("[<( ", line[0]) >= 0 {
		line = line[1:]
	}
	switch {
	case line == "":
		return false
	case isDigit(line[0]), len(line) > 5 && line[3] == ' ' && isDigit(line[5]):
		return true
	}
	return (areHex(line[:1]) || line[0] == '.' || line[0] == ':') && strings.Contains(head(line, maxLogStart), " [")
}

var logLine = pattern.Of(`^[\[<( ]*(?:[0-9]{4}[-/][0-9]{2}[-/][0-9]{2}|[0-9]{2}:[0-9]{2}:[0-9]{2}|[A-Z][a-z]{2} [ 0-9][0-9] [0-9]{2}:[0-9]{2}|[0-9a-fA-F.:]+ [^ ]+ [^ ]+ \[[0-9]{2}/)`)

// maxLogStart is where in a line its time starts at the latest.
const maxLogStart = 80

// isPast reports whether the text says of what stands from one place to another that it
// is over. Nothing else that was found stands between the bounds.
func (t *text) isPast(from, to, first, last int) bool {
	before := t.clean[max(first, from-maxPast):from]
	after := t.clean[to:min(last, to+maxPast)]
	if !anyBefore().in(before) && !anyAfter().in(after) {
		return false
	}
	before, after = fold(before), fold(after)
	clauses := clauseEnd().Split(after, 3)
	if loc := pastAround().FindStringIndex(before + "\x01" + clauses[0]); loc != nil && !denial().MatchString(before[:loc[0]]) {
		return true
	}
	if loc := clauseEnd().FindAllStringIndex(before, -1); len(loc) > 0 {
		before = before[loc[len(loc)-1][1]:]
	}
	return states(before, pastBefore) || states(clauses[0], pastAfter) || len(clauses) > 1 && (pastNext().MatchString(clauses[1]) || pastThat().MatchString(clauses[1]) && states(clauses[1], pastAfter))
}

// states reports whether a clause has one of some words, and none before it that denies it.
func states(clause string, all []string) bool {
	return slices.ContainsFunc(all, func(words string) bool {
		at := strings.Index(clause, words)
		return at >= 0 && !denial().MatchString(clause[:at])
	})
}

// maxPast is how far from a name it may stand that it is over.
const maxPast = 60

var clauseEnd = pattern.Of(`[.!?;] |\n[\n >]*| (?:but|now|then|aber|jetzt|nun|pero|ahora|mais|maintenant|mas|agora|adesso|но|теперь|şimdi|ale|teraz|maar|nu) `)

// pastBefore and pastAfter say that what stands after or before them is over, and pastNext
// says it at the start of the next clause. Most texts have none of their words.
var (
	pastBefore = []string{
		"no longer", "used to", "instead of ", "nicht mehr", "ya no ", "já não", "non più", "больше не", "不再", "statt ", "en lugar de ", "au lieu de ",
	}
	pastAfter = []string{
		"fixed", "solved", "resolved", "disappeared", "has gone", "ist weg", "is weg", "sind weg", "vorbei", "erledigt", "verschwunden", "desaparec", "ya se fue", "disparu", "n'apparaît plus", "n'est plus", "spari", "sumiu", "não aparece mais",
		"исчез", "пропал", "zniknę", "zniknął", "kayboldu", "kalmadı", "verdwenen", "niet meer", "消失了", "没有了", "消えました", "なくなりました", "사라졌", "not any more", "not anymore", "any longer", "no longer", "is gone", "went away", "is over",
		"behoben", "gelöst", "nicht mehr", "resuelto", "solucionado", "arreglado", "ya no", "résolu", "réglé", "corrigé", "resolvid", "corrigid", "risolt", "corretto",
		"исправ", "решен", "решили", "больше не", "çözül", "düzel", "naprawion", "rozwiązan", "opgelost", "verholpen", "解决了", "已解决", "已经解决", "修复了", "解決し", "直りました", "해결",
	}
	pastEnds = []string{"gone", "over", " weg"} // of those in pastNext that pastAfter has not
	pastNext = pattern.Of(`^(?:(?:we|i|have|has|had|already) )*(?:fixed|solved|resolved) (?:that|this|it)\b|^(?:that|this|it)(?: one| error| problem| issue)?(?: is| was| has been| got|'s)(?: now| already)? (?:fixed|solved|resolved|gone|over)\b`)
	pastThat = pattern.Of(`^(?:das |dies |der fehler |c'est |eso |esto |isso |questo |l'ho |это |to |bu |dat |这|それ)`) // which one of pastAfter is said of

	// pastAround says it with what stands before, what stands after, and \x01 between them;
	// pastHints are what stands before there.
	pastHints  = []string{"fixed", "solved", "resolved", "stopped", "not ", "n't ", "never ", "kein", "geen ", "plus ", "più ", "mais ", "już ", "artık "}
	pastAround = pattern.Of(`\b(?:fixed|solved|resolved)(?: (?:the|that|this|our|my|an?|error|errors|problem|issue|with|code))* ["'(]*\x01` +
		`|\bstopped (?:get|see|receiv|return|show|throw|send)(?:ting|ing)(?: (?:the|that|this|an?|error|code))* ["'(]*\x01` +
		`|(?:\bnot|n't|\bnever) (?:get|see|have|receive|show|return|throw|send)(?:ting|ing|s)?(?: (?:the|that|this|an?|error|code))* ["'(]*\x01["')]* (?:any ?more|any longer)` +
		`|\bkeine?n?(?: [a-z-]+)? ["'(]*\x01["')]* mehr|\bgeen(?: [a-z-]+)? ["'(]*\x01["')]* meer|\bn(?:e |')[^ ]+ plus(?: (?:l'erreur|le|la|de|d'erreur|cette erreur|le code))* ["'(]*\x01` +
		`|\bnon [^ ]+ più(?: (?:l'errore|errore|il codice))? ["'(]*\x01|\bnão [^ ]+ mais(?: (?:o|a|erro|código))* ["'(]*\x01|\bnie [^ ]+ już(?: (?:błędu|błąd|kodu))? ["'(]*\x01|artık ["'(]*\x01[^\n]*(?:mi|mı|mu|mü)yor`)
)

// anyBefore and anyAfter find the words of these before and after what is over.
var (
	anyBefore = sync.OnceValue(func() *anywhere { return newAnywhere(slices.Concat(pastBefore, pastHints)) })
	anyAfter  = sync.OnceValue(func() *anywhere { return newAnywhere(slices.Concat(pastAfter, pastEnds)) })
)

// anywhere finds some folded texts anywhere in another.
type anywhere struct {
	texts  []string
	starts triples
}

func newAnywhere(texts []string) *anywhere {
	all := &anywhere{texts: texts}
	for _, text := range texts {
		all.starts.add(text)
	}
	return all
}

// in reports whether a text may have one of them, in any case.
func (a *anywhere) in(text string) bool {
	if !areASCII(text) {
		text = fold(text)
	}
	for i := range len(text) - 2 {
		if !a.starts.has(tripleOf(uint64(text[i]) | uint64(text[i+1])<<8 | uint64(text[i+2])<<16)) {
			continue
		}
		if rest := text[i:]; slices.ContainsFunc(a.texts, func(own string) bool { return len(own) <= len(rest) && strings.EqualFold(rest[:len(own)], own) }) {
			return true
		}
	}
	return false
}

// denial is what takes back what stands after it, or asks for it.
var denial = pattern.Of(`\b(?:not|never|cannot|be|nicht|nie|pas|hasn't|isn't|wasn't|haven't|didn't|couldn't|nunca|não|non|nie|niet) |(?:не|нет|未|没有|没) ?$`)
