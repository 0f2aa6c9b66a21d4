package packed

// Facts are what holds of a table as a whole. The generator notes them, so that nobody
// looks through the table for them call after call; where they are not noted, that is
// what is done. The zero value notes nothing.
type Facts uint8

// The facts.
const (
	FactsNoted Facts = 1 << iota // the others are known
	FactSign                     // a form has a sign of success
	FactHeader                   // a form reads the header
	FactEmpty                    // a form may say something of a reply without a body
	FactWithin                   // a policy has a Within
	FactDenies                   // a body may deny what the status says of success, in some operation
	FactTimed                    // an operation has a timeout
)
