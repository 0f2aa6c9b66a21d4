module github.com/errkb/errkb/cmd/gen/minify

go 1.26.0

replace github.com/errkb/errkb => ../../..

require (
	github.com/errkb/errkb v0.0.0-00010101000000-000000000000
	github.com/evanw/esbuild v0.28.2
)

require (
	github.com/yuin/goldmark v1.8.7 // indirect
	golang.org/x/sys v0.0.0-20220715151400-c0bba94af5f8 // indirect
)
