package golang

import (
	"github.com/errkb/errkb/cmd/gen/internal/model"
	"github.com/errkb/errkb/cmd/gen/internal/say"
)

// describe is the comment on the constant of a code or a status:
//
//	// ErrorNoSlotAvailable is ERROR_NO_SLOT_AVAILABLE: All workers busy.
//	//
//	// Wait and retry (transient): up to 3 retries, 5 s apart.
//	// Fix: Retry after 5 seconds.
//	// In submit, with status 429.
//	//
//	// Deprecated: The API no longer sends it, since 2025-03.
func describe(e *model.Entry) comment {
	var c comment
	c.sentence(e.Go + " is " + say.CommentKey(e) + ": " + e.Meaning)
	c.paragraph()
	for _, text := range say.CommentEntry(e) {
		c.sentence(text)
	}
	if e.Retired != nil {
		c.paragraph()
		c.sentence("Deprecated: " + sentences(say.CommentRetired(e.Retired)))
	}
	return c
}
