// Command gen turns an error catalog, a YAML file or several, into code, docs and a site
// for support staff, and answers questions about it.
//
//	gen generate --spec F [--go DIR] [--server DIR] [--ts DIR] [--py DIR] [--docs DIR] [--site DIR] [--previous OLD] [--check] [--allow-removal] [--allow-todo]
//	gen site     [--spec F] --out DIR [--previous OLD] [--check] [--allow-removal]
//	gen serve    [--spec F] [--addr HOST:PORT]
//	gen check    [--spec F]
//	gen translate --spec F [--language TAG] [--accept] [--check]
//	gen explain  QUERY…
//	gen classify --api A [--status N] [--header 'K: V']… [FILE|-]
//	gen list     [--api A]
//	gen table    [--api A]
//	gen vectors  [--out FILE]
//	gen replies  --format FORMAT [--out FILE]
//	gen sql      --dialect DIALECT [--out FILE]
//	gen replay   [--api A] [--max-unknown PERCENT] [--html FILE] FILE… | -
//	gen learn    --spec F [--api A] [--min COUNT] [--dry-run] FILE… | -
//	gen simulate [--policy POLICY] [--svg FILE]
//	gen diff     OLD NEW
//	gen init     [DIR]
//	gen import   FILE… [--from KIND] [--api A] [--out FILE]
//	gen schema   [--part | --overlay]
//
// F is a file or a directory of them, and --spec can be repeated: all files are one catalog.
//
// Run "gen help" for all commands and "gen help COMMAND" for one.
//
// The exit status is 0 on success; 1 if a spec has problems, output is stale or
// nothing was found; 2 if the command was used wrongly; and 3 if something else
// went wrong.
package main

import (
	"os"

	"github.com/errkb/errkb/cmd/gen/internal/cli"
)

func main() {
	os.Exit(cli.MainAs(cli.Name(os.Args[0]), os.Args[1:], os.Stdin, os.Stdout, os.Stderr))
}
