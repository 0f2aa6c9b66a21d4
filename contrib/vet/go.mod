module github.com/errkb/errkb/contrib/vet

go 1.26.0

replace github.com/errkb/errkb => ../../

require (
	github.com/errkb/errkb v0.0.0-00010101000000-000000000000
	golang.org/x/tools v0.52.0
)

require (
	golang.org/x/mod v0.43.0 // indirect
	golang.org/x/sync v0.24.0 // indirect
)
