module example.com/client

go 1.26.0

replace github.com/errkb/errkb => ../../../

require github.com/errkb/errkb v0.0.0-00010101000000-000000000000
