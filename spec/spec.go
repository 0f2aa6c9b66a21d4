// Package spec holds the shipped error catalog, so that the command has it
// wherever it runs. Everything that is generated for the catalog is made from
// errors.yaml by the command below.
package spec

import "embed"

//go:generate go run github.com/errkb/errkb/cmd/gen generate --spec errors.yaml --go ../generated --docs ../docs/errors

// Errors is the source of the shipped catalog, errors.yaml.
//
//go:embed errors.yaml
var Errors []byte

// Overlays has the texts of the shipped catalog in other languages: errors.de.yaml for
// German, say.
//
//go:embed errors.*.yaml
var Overlays embed.FS
