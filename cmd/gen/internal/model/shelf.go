package model

import "github.com/errkb/errkb/classify"

// The verdicts on the site are spread over files by their keys, which are its shelves. So
// a page knows where the verdict on a pasted key is before it knows what that is.

// perShelf is how many verdicts a shelf has on average. A page waits for all of a shelf.
const perShelf = 3

// Shelves returns how many shelves the catalog's site has, at least one.
func (c *Catalog) Shelves() int {
	entries := 0
	for _, api := range c.APIs {
		entries += len(api.Entries())
	}
	return max(1, entries/perShelf)
}

// Shelf returns the shelf of the entry's verdict, of so many. What many APIs have, such as
// a status, is spread by its address.
func (e *Entry) Shelf(of int) int {
	if e.Kind == classify.KindCode {
		return Shelf(e.Code, of)
	}
	return Shelf(e.Address(), of)
}

// Shelf returns the shelf of a key, of so many and counted from 0: by its FNV-1a hash, over
// characters. The site's script counts the same.
func Shelf(key string, of int) int {
	hash := uint32(2166136261)
	for _, letter := range key {
		hash = (hash ^ uint32(letter)) * 16777619
	}
	return int(hash % uint32(of))
}
