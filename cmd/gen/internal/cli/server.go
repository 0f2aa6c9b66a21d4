package cli

import (
	"path/filepath"

	"github.com/errkb/errkb/cmd/gen/internal/check"
	"github.com/errkb/errkb/cmd/gen/internal/diag"
	"github.com/errkb/errkb/cmd/gen/internal/golang"
	"github.com/errkb/errkb/cmd/gen/internal/model"
	"github.com/errkb/errkb/cmd/gen/internal/output"
	"github.com/errkb/errkb/cmd/gen/internal/writing"
)

// ruleServer is what problems are of that only --server has.
const ruleServer = "server"

// plans returns how the server of each API writes its errors. It tells of the forms that are
// left out, and fails where a code can't be written.
func (s *session) plans(src source, c *model.Catalog) ([]*writing.Plan, error) {
	var plans []*writing.Plan
	var list diag.List
	var where *check.Where
	report := func(api string, fault writing.Fault, severity diag.Severity) {
		if where == nil {
			opened := check.NewWhere(src.files)
			where = &opened
		}
		p := diag.Problem{Severity: severity, Rule: ruleServer}
		if fault.Entry != nil {
			p.Place = where.Code(api, fault.Entry.Code)
			p.Message = "the server can't write " + diag.Quote(fault.Entry.Code) + ": " + fault.Why
		} else {
			p.Place = where.Form(api, fault.Form)
			p.Message = "the server does not write this form: " + fault.Why
		}
		list = append(list, p)
	}
	for _, api := range c.APIs {
		plan := writing.New(api)
		plans = append(plans, plan)
		for _, fault := range plan.LeftOut {
			report(api.Name, fault, diag.Warning)
		}
		for _, fault := range plan.Refused {
			report(api.Name, fault, diag.Error)
		}
	}
	diag.Sort(list)
	s.warn(src, list)
	if diag.HasErrors(list) {
		return nil, foundf("no server can be made of %s: it has %s; nothing is written", src.name, count(list))
	}
	return plans, nil
}

// clash returns why the packages of the server and those of the codes can't be in the same
// directory, or nil.
func (g generation) clash(c *model.Catalog) error {
	if g.golang == "" || g.server == "" {
		return nil
	}
	code, err := output.Resolve(g.golang)
	if err != nil {
		return outputFailure(err)
	}
	errs, err := output.Resolve(g.server)
	if err != nil {
		return outputFailure(err)
	}
	names := make(map[string]bool)
	for _, api := range c.APIs {
		names[api.Name] = true
	}
	for _, api := range c.APIs {
		if name := golang.ServerName(api.Name); code == errs && names[name] {
			return foundf("%s can't be both the errors of API %s and the API of that name; give --server another directory than --go",
				filepath.Join(g.server, name), api.Name)
		}
	}
	return nil
}
