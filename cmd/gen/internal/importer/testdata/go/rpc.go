package codes

// A Code is a status code defined by gRPC.
type Code uint32

const (
	OK Code = 0
	// NotFound means some requested entity was not found.
	NotFound           Code = 5
	AlreadyExists      Code = 6
	PermissionDenied   Code = 7
	ResourceExhausted  Code = 8
	FailedPrecondition Code = 9
	Aborted            Code = 10
	Unavailable        Code = 14
	DataLoss           Code = 15
	Unauthenticated    Code = 16
)
