// Package learn puts codes that were met in the field into a spec: it reads what a replay or
// a query says of them, and adds an entry for each between the lines of the file, all of which
// stay.
package learn

import (
	"bytes"
	"cmp"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"slices"
	"strconv"
	"strings"

	"github.com/errkb/errkb/cmd/gen/internal/replay"
)

// row is what an input says of a code: an item of the list "unknown" of gen replay's JSON, or
// a row of a query.
type row struct {
	API      string   `json:"api"`
	Code     text     `json:"code"`
	Count    *number  `json:"count"`
	First    text     `json:"first"`
	Status   *number  `json:"status"`
	Statuses []number `json:"statuses"`
	Message  text     `json:"message"`
	Sample   text     `json:"sample"`
}

// text is a JSON string, or a number as written; null is the empty text.
type text string

func (t *text) UnmarshalJSON(raw []byte) error {
	switch {
	case raw[0] == '"':
		return json.Unmarshal(raw, (*string)(t))
	case string(raw) == "null":
		*t = ""
	case raw[0] == '-' || '0' <= raw[0] && raw[0] <= '9':
		*t = text(raw)
	default:
		return fmt.Errorf("%s where a text is wanted", raw)
	}
	return nil
}

// number is a whole number, which some engines write as a string.
type number int64

func (n *number) UnmarshalJSON(raw []byte) error {
	got, err := strconv.ParseInt(strings.Trim(string(raw), `"`), 10, 64)
	if string(raw) == "null" {
		got, err = 0, nil
	}
	if err != nil || got < 0 {
		return fmt.Errorf("%s where a whole number is wanted", raw)
	}
	*n = number(got)
	return nil
}

// Read reads an input: a report of gen replay as JSON, a list of rows, or a row on each line.
// Rows without an API are of the one given.
func Read(in io.Reader, api string) ([]replay.UnknownCode, error) {
	decoder := json.NewDecoder(in)
	var all []replay.UnknownCode
	for n := 1; ; n++ {
		var raw json.RawMessage
		if err := decoder.Decode(&raw); errors.Is(err, io.EOF) {
			if n == 1 {
				return nil, errors.New("it is empty")
			}
			return all, nil
		} else if err != nil {
			return nil, fmt.Errorf("value %d is not JSON: %w", n, err)
		}
		rows, err := rowsOf(raw)
		if err != nil {
			return nil, fmt.Errorf("value %d: %w", n, err)
		}
		for i, r := range rows {
			r.API = cmp.Or(r.API, api)
			switch {
			case r.Code == "":
				return nil, fmt.Errorf("value %d: row %d has no code", n, i+1)
			case r.API == "":
				return nil, fmt.Errorf("value %d: row %d does not say which API the code %s is of; --api does", n, i+1, strconv.Quote(string(r.Code)))
			}
			all = append(all, r.unknown())
		}
	}
}

func rowsOf(raw json.RawMessage) (rows []row, err error) {
	switch raw[0] {
	case '[':
		err = json.Unmarshal(raw, &rows)
	case '{':
		var report struct {
			Unknown *[]row `json:"unknown"`
		}
		if err = json.Unmarshal(raw, &report); err == nil && report.Unknown != nil {
			return *report.Unknown, nil
		}
		var one row
		err = json.Unmarshal(raw, &one)
		rows = []row{one}
	default:
		err = fmt.Errorf("%s is neither a report nor a row", bytes.TrimSpace(raw))
	}
	return rows, err
}

func (r row) unknown() replay.UnknownCode {
	u := replay.UnknownCode{API: r.API, Code: string(r.Code), Count: 1, First: string(r.First), Message: string(r.Message), Sample: string(r.Sample)}
	if r.Count != nil {
		u.Count = int64(*r.Count)
	}
	for _, status := range r.Statuses {
		u.Statuses = append(u.Statuses, int(status))
	}
	if r.Status != nil && *r.Status > 0 {
		u.Statuses = append(u.Statuses, int(*r.Status))
	}
	u.Statuses = slices.DeleteFunc(u.Statuses, func(status int) bool { return status < 100 || status > 599 })
	return u
}

// Merge makes one of all that are of the same code, in the order in which they come: the
// counts are added up, and the earliest sight, the first sample and all statuses are kept.
func Merge(all []replay.UnknownCode) (merged []replay.UnknownCode) {
	at := map[[2]string]int{}
	for _, u := range all {
		key := [2]string{u.API, u.Code}
		i, known := at[key]
		if !known {
			at[key] = len(merged)
			u.Statuses = slices.Clone(u.Statuses)
			merged = append(merged, u)
			continue
		}
		m := &merged[i]
		m.Count += u.Count
		if m.First == "" || u.First != "" && u.First < m.First {
			m.First = u.First
		}
		m.Sample, m.Message = cmp.Or(m.Sample, u.Sample), cmp.Or(m.Message, u.Message)
		for _, status := range u.Statuses {
			if !slices.Contains(m.Statuses, status) {
				m.Statuses = append(m.Statuses, status)
			}
		}
	}
	return merged
}
