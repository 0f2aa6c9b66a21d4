package sql

import (
	"cmp"
	"fmt"
	"reflect"
	"slices"
	"strings"
	"time"

	"github.com/errkb/errkb/classify"
)

// wait adds what the server asks to wait, and the waits before the first retry.
func (q *query) wait() {
	lists := q.answers.delays
	var distinct []classify.Delay
	var names []string
	needsDate := false
	for _, delays := range lists {
		for _, d := range delays {
			if indexOf(distinct, d) < 0 {
				distinct = append(distinct, d)
			}
			if name := strings.ToLower(d.Header); name != "" && q.headers[name] == "" && !slices.Contains(names, name) {
				names = append(names, name)
			}
			needsDate = needsDate || d.Header != "" && d.As == classify.AsDelay || d.As == classify.AsTime
		}
	}
	if needsDate && q.headers["date"] == "" && !slices.Contains(names, "date") {
		names = append(names, "date")
	}
	q.addHeaders("g", "policy IS NOT NULL", names)
	now := "NULL"
	if needsDate {
		now = "now"
		q.step("now", "errkb_date("+q.firstLine("date")+")")
	}
	var columns, choices []string
	for i, d := range distinct {
		columns = append(columns, fmt.Sprintf("d%d", i), fmt.Sprintf("CASE WHEN policy IS NOT NULL THEN %s END", q.delay(&d, now)))
	}
	q.step(columns...)
	var own []branch
	for n, delays := range lists {
		choices = choices[:0]
		for _, d := range delays {
			choices = append(choices, fmt.Sprintf("d%d", indexOf(distinct, d)))
		}
		if len(choices) > 0 {
			own = append(own, branch{fmt.Sprintf("delay_list = %d", n), "errkb_asked([" + strings.Join(choices, ", ") + "])"})
		}
	}
	q.step("server_delay", cases("NULL::HUGEINT", own...))
	q.doubt("server_delay < 0", oddDelay)
	q.steps = append(q.steps, fmt.Sprintf(`s%d AS (SELECT s.*, p.name AS policy_name, p.retries, p.shortest AS own_shortest, p.longest AS own_longest, p.width, p.spread,
  coalesce(p.retries <> 0 AND coalesce(s.server_delay <= p.delay_limit, TRUE), FALSE) AS waits
  FROM s%d s LEFT JOIN errkb_policies p ON p.policy = s.policy)`, len(q.steps), len(q.steps)-1))
	q.step("shortest", "CASE WHEN waits THEN CASE WHEN server_delay > 0 THEN server_delay ELSE own_shortest END END",
		"longest", "CASE WHEN waits THEN CASE WHEN server_delay > 0 THEN least(server_delay + CASE WHEN spread > 0 THEN errkb_scaled(server_delay::DOUBLE, spread) ELSE width END, errkb_longest()) ELSE own_longest END END")
}

func indexOf(delays []classify.Delay, d classify.Delay) int {
	return slices.IndexFunc(delays, func(own classify.Delay) bool { return reflect.DeepEqual(own, d) })
}

// delay is what the server asks for at a place.
func (q *query) delay(d *classify.Delay, now string) string {
	unit := number(cmp.Or(d.Unit, time.Second))
	retryAfter := strings.EqualFold(d.Header, "Retry-After")
	text := ""
	switch {
	case d.Header != "":
		text = "nullif(" + q.field(d.Header) + ", '')"
	case d.Code != "":
		start, code := d.Code, "said"
		if q.catalog.FoldCase {
			start, code = foldASCII(start), "errkb_fold(said)"
		}
		text = fmt.Sprintf("nullif(CASE WHEN starts_with(%s, %s) THEN errkb_trim(substr(said, %d)) END, '')", code, literal(start), len([]rune(d.Code))+1)
	default:
		text = q.bodies[0].column(d.At)
		if !isPlain(d.At) {
			text += "[1]"
		}
		text = "nullif(errkb_text(" + text + "), '')"
	}
	if d.As == classify.AsRateLimit {
		return "errkb_ratelimit(" + text + ")"
	}
	if d.As == classify.AsTime {
		return fmt.Sprintf("errkb_delay_until(%s, errkb_number(%s, %s, TRUE, TRUE), %s)", text, text, unit, now)
	}
	return fmt.Sprintf("errkb_delay(%s, errkb_number(%s, %s, %s, %s), %s, %s, %s)", text, text, unit,
		truth(!retryAfter || d.Decimal), truth(d.Header == ""), now, truth(d.Header != ""), truth(retryAfter))
}

func truth(is bool) string {
	if is {
		return "TRUE"
	}
	return "FALSE"
}
