module github.com/errkb/errkb

go 1.26.0
