package cli

import (
	"crypto/sha256"
	"encoding/hex"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"time"
)

// cache is a directory of the user's in which the command notes what saves later runs work, as
// results of tests are in that of the go command; empty for none. What is in it may be cut,
// changed or gone at any time, and nothing that the command says or writes depends on that.
type cache string

// cacheVariable is the environment variable that names the directory.
const cacheVariable = "ERRKB_CACHE"

// cacheHere returns where this user's cache is.
func cacheHere() cache {
	switch dir := os.Getenv(cacheVariable); {
	case dir == "off":
		return ""
	case dir != "":
		return cache(dir)
	}
	dir, err := os.UserCacheDir()
	if err != nil {
		return "" // a user without a home has none
	}
	return cache(filepath.Join(dir, "errkb"))
}

func (c cache) path(name string) string { return filepath.Join(string(c), name) }

// isThere reports whether there is a file of a name, and has it count as used.
func (c cache) isThere(name string) bool {
	info, err := os.Lstat(c.path(name))
	if err != nil || !info.Mode().IsRegular() {
		return false
	}
	if now := time.Now(); now.Sub(info.ModTime()) > time.Hour {
		os.Chtimes(c.path(name), now, now)
	}
	return true
}

// How long files are kept that nobody asks for, and how many catalogs at most.
const (
	maxAge      = 30 * 24 * time.Hour
	maxCatalogs = 16
)

// clean removes what is no longer worth its place, of files that the command has made.
func (c cache) clean() {
	entries, _ := os.ReadDir(string(c))
	var catalogs []os.FileInfo
	for _, entry := range entries {
		info, err := entry.Info()
		if err != nil {
			continue
		}
		name, isCatalog := strings.CutSuffix(entry.Name(), catalogSuffix)
		_, isTemporary := strings.CutSuffix(entry.Name(), temporarySuffix)
		isFact := name == entry.Name() && info.Size() == 0
		if !isTemporary && (len(name) != hex.EncodedLen(sha256.Size) || !isFact && !isCatalog) {
			continue
		}
		if time.Since(info.ModTime()) > maxAge {
			os.Remove(c.path(entry.Name()))
		} else if isCatalog {
			catalogs = append(catalogs, info)
		}
	}
	slices.SortFunc(catalogs, func(a, b os.FileInfo) int { return b.ModTime().Compare(a.ModTime()) })
	for _, old := range catalogs[min(len(catalogs), maxCatalogs):] {
		os.Remove(c.path(old.Name()))
	}
}
