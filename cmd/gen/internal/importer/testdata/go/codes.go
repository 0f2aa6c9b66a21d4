// Package shop has the errors of a shop.
package shop

import (
	"errors"

	"example.com/elsewhere"
)

// ErrorCode is a code of the API.
type ErrorCode string

const (
	// CodeSoldOut is returned when the article is sold out. Ask again next week.
	CodeSoldOut ErrorCode = "SOLD_OUT"
	CodeBusy    ErrorCode = "BUSY" // CodeBusy means that there is too much to do
	prefix                = "SHOP_"
	CodeOld     ErrorCode = prefix + "OLD"
	codeBlank   ErrorCode = "not a code"
)

// Color is about something else.
type Color string

const Red Color = "red"

// Reason is a number.
type Reason int

const (
	ReasonNone Reason = iota + 100
	ReasonNotFound
	_
	ReasonTimedOut
	ReasonSame = ReasonTimedOut
)

var (
	ErrGone  = errors.New("shop: gone\tfor good")
	ErrOther = elsewhere.Make(1)
)
