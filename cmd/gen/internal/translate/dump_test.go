package translate_test

import (
	"encoding/json"

	"github.com/errkb/errkb/cmd/gen/internal/catalogjson"
	"github.com/errkb/errkb/cmd/gen/internal/model"
)

// dump returns all texts of a catalog.
func dump(c *model.Catalog) string {
	content, err := json.Marshal(catalogjson.NewList(c))
	if err != nil {
		panic(err)
	}
	return string(content)
}
