module github.com/errkb/errkb/cmd/gen/attack

go 1.26.0

replace github.com/errkb/errkb => ../../..

require github.com/errkb/errkb v0.0.0-00010101000000-000000000000

require (
	github.com/dave/jennifer v1.7.1 // indirect
	github.com/mozillazg/go-unidecode v0.2.0 // indirect
	github.com/yuin/goldmark v1.8.7 // indirect
	golang.org/x/text v0.43.0 // indirect
	gopkg.in/yaml.v3 v3.0.1 // indirect
)
