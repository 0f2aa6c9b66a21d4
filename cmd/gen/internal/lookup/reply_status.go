package lookup

import (
	"encoding/json"
	"slices"
	"strings"

	"github.com/errkb/errkb/cmd/gen/internal/pattern"
)

// statusInside returns the status of an error that an object names among its members,
// or 0.
func statusInside(object string) int {
	var members map[string]any
	if json.Unmarshal([]byte(object), &members) != nil {
		return 0
	}
	if status := recordedStatus(members); status >= 400 && isStatus(status) {
		return status
	}
	return 0
}

// titledStatus returns the status of an error that a page of a server has in its title,
// or 0: a number of another kind has no reason phrase and no mark behind it.
func titledStatus(page string) int {
	for _, found := range statusTitle().FindAllStringSubmatch(head(page, maxTitle), -1) {
		status, rest := digits(found[1]), squash(found[2])
		if strings.Contains(":)<", found[2][:1]) || slices.ContainsFunc(phrases[status], func(reason string) bool { return strings.HasPrefix(rest, reason) }) {
			return status
		}
	}
	return 0
}

var statusTitle = pattern.Of(`<(?:title|h1)(?: [^<>]*)?>[ \n]*(?:[^<>\n]*[|(] *|[A-Za-z ]*[Ee]rror )?([45][0-9]{2})([ :)<][^<]*)`)

// maxTitle is how far into a page its title stands.
const maxTitle = 4096

// statusAfter returns the status that stands directly behind a reply, or 0.
func statusAfter(text string) int {
	if found := statusBehind().FindStringSubmatch(text); found != nil {
		return digits(found[1] + found[2])
	}
	return 0
}

// statusBefore returns the status that a log names before a reply on its line, or
// directly before it, or 0.
func statusBefore(text string) int {
	line := text[strings.LastIndexByte(text, '\n')+1:]
	found := statusAhead().FindAllStringSubmatch(line, -1)
	if len(found) > 0 {
		return digits(found[len(found)-1][1])
	}
	if last := statusDirectly().FindStringSubmatch(text); last != nil {
		return digits(last[1] + last[2] + last[3] + last[4])
	}
	return 0
}

var (
	statusAhead    = pattern.Of(`(?:[Ss]tatus(?:[ _-]?[Cc]ode)?|STATUS|HTTP(?:/[0-9.]+)?)["']?[:= ]+["']?([1-5][0-9]{2})\b`)
	statusDirectly = pattern.Of("(?:(?:^|[\n \"'`\\[(,;|])(?:([1-5][0-9]{2}) [A-Z][A-Za-z' -]*|([45][0-9]{2})|([1-5][0-9]{2})(?:,? (?:with|and|but|plus)|[,;|]))" +
		"|(?:[Ss]tatus(?:[ _-]?[Cc]ode)?|STATUS|[Ee]rror code|HTTP(?:/[0-9.]+)?)[\"']?[:= \n>]+[\"']?([1-5][0-9]{2})(?: [A-Z][A-Za-z' -]*)?)" +
		"(?:[ \n\"'`\\])>:,;=|-]|json|JSON|[Rr]esponse|[Rr]eply|[Bb]ody|[Dd]ata|[Tt]ext|payload|answer|message|returned|with|and|but|plus|the|this|an?\\b|r(?:es|esp)?\\.(?:json\\(\\)|text|content|body))*$")
	statusBehind = pattern.Of("^(?: *(?:[\\[(,-] ?)?(?:with )?(?:HTTP|[Ss]tatus(?: ?[Cc]ode)?|STATUS)[ :=]*([1-5][0-9]{2})\\b|\n?([1-5][0-9]{2})[ \n]*$)")
)

// maxBefore is how far before a reply its status may stand.
const maxBefore = 200
