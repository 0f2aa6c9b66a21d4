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
	q.addHeaders("g", "policy IS NOT NULL", names)
	now := q.readDelays(distinct, needsDate)
	var columns, choices []string
	for i := range distinct {
		columns = append(columns, fmt.Sprintf("d%d", i), delay(&distinct[i], i, now))
	}
	q.step(columns...)
	var own []branch
	for n, delays := range lists {
		choices = choices[:0]
		for _, d := range delays {
			choices = append(choices, fmt.Sprintf("d%d", indexOf(distinct, d)))
		}
		if len(choices) > 0 {
			own = append(own, branch{fmt.Sprintf("delay_list = %d", n), firstDelay(choices)})
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

// firstDelay is the first of some delays that is not zero, or else zero if one of them is.
func firstDelay(delays []string) string {
	if len(delays) == 1 {
		return delays[0]
	}
	var given, zero []string
	for _, d := range delays {
		given, zero = append(given, "nullif("+d+", 0)"), append(zero, d+" = 0")
	}
	return first(append(given, "CASE WHEN "+anyOf(zero...)+" THEN 0 END"))
}

func indexOf(delays []classify.Delay, d classify.Delay) int {
	return slices.IndexFunc(delays, func(own classify.Delay) bool { return reflect.DeepEqual(own, d) })
}

// readDelays adds the columns of what stands at the places for delays, where the action
// waits: the text, and what it is as a number and, only where it is none, as a date. It
// returns the Date of the reply, which is read where there is such a date or a point in time.
func (q *query) readDelays(delays []classify.Delay, needsDate bool) (now string) {
	var texts, numbers, dates, dated []string
	for i := range delays {
		d := &delays[i]
		text, n := fmt.Sprintf("dt%d", i), fmt.Sprintf("dn%d", i)
		texts = append(texts, text, "CASE WHEN policy IS NOT NULL THEN "+q.delayText(d)+" END")
		retryAfter, inHeader := isRetryAfter(d), d.Header != ""
		isTime := d.As == classify.AsTime
		value := fmt.Sprintf("errkb_number(%s, %s, %s, %s)", text, number(cmp.Or(d.Unit, time.Second)), truth(isTime || !retryAfter || d.Decimal), truth(isTime || !inHeader))
		date := "errkb_date(" + text + ")"
		switch {
		case d.As == classify.AsRateLimit:
			value, date = "NULL::HUGEINT", "NULL::HUGEINT"
		case isTime:
			date = "errkb_instant(" + text + ")"
			dated = append(dated, text+" IS NOT NULL")
		case !inHeader:
			date = "NULL::HUGEINT"
		default:
			dated = append(dated, fmt.Sprintf("dd%d IS NOT NULL", i))
		}
		numbers = append(numbers, n, value)
		dates = append(dates, fmt.Sprintf("dd%d", i), "CASE WHEN "+n+" IS NULL AND "+text+" IS NOT NULL THEN "+date+" END")
	}
	q.step(texts...)
	q.step(numbers...)
	q.step(dates...)
	if !needsDate {
		return "NULL"
	}
	if q.headers["date"] == "" {
		q.addHeaders("e", anyOf(dated...), []string{"date"})
	}
	q.step("now", "errkb_date("+q.firstLine("date")+")")
	return "now"
}

func isRetryAfter(d *classify.Delay) bool { return strings.EqualFold(d.Header, "Retry-After") }

// delayText is the text at a place for delays, and NULL for none.
func (q *query) delayText(d *classify.Delay) string {
	switch {
	case d.Header != "":
		return "nullif(" + q.field(d.Header) + ", '')"
	case d.Code != "":
		start, code := d.Code, "said"
		if q.catalog.FoldCase {
			start, code = foldASCII(start), "errkb_fold(said)"
		}
		return fmt.Sprintf("nullif(CASE WHEN starts_with(%s, %s) THEN errkb_trim(substr(said, %d)) END, '')", code, literal(start), len([]rune(d.Code))+1)
	}
	text := q.bodies[0].column(d.At)
	if !isPlain(d.At) {
		text += "[1]"
	}
	return "nullif(errkb_text(" + text + "), '')"
}

// delay is what the server asks for at a place, by its columns.
func delay(d *classify.Delay, i int, now string) string {
	switch d.As {
	case classify.AsRateLimit:
		return fmt.Sprintf("errkb_ratelimit(dt%d)", i)
	case classify.AsTime:
		return fmt.Sprintf("errkb_delay_until(coalesce(dn%d, dd%d), %s)", i, i, now)
	}
	return fmt.Sprintf("errkb_delay(dt%d, dn%d, dd%d, %s, %s)", i, i, i, now, truth(isRetryAfter(d)))
}

func truth(is bool) string {
	if is {
		return "TRUE"
	}
	return "FALSE"
}
