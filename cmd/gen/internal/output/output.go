// Package output writes what the emitters render. It is the only package of the
// generator that writes files, and the one place that knows which of them are
// the generator's own: it never touches a file without the generator's mark, nor
// anything outside the directories that it is given.
package output

import (
	"path"
	"path/filepath"
	"slices"
)

// Tree is the files that belong under one directory.
type Tree struct {
	// Root is the directory, as the user names it. It may be missing or a
	// symbolic link to a directory; nothing inside may be a link.
	Root string
	// Files make the contents by slash-separated path under Root. Each content bears the
	// mark of Spec in one of its first lines. Each is called while others are, and again
	// where another run gets in the way; what it returns is then the same.
	Files map[string]func() []byte
	// Spec is the name of the spec in the mark. Files of another spec that share
	// the directory are left alone, and are in the way where this one's belong.
	Spec string
	// Former are other names by which marks named the same spec.
	Former []string
	// IsThere reports whether the spec is there that a mark names, as plain text; nil if nobody
	// can tell. What Owns matches and a spec made that is not there is a stray: it may be an
	// orphan of this spec, which was moved, and is told and left alone.
	IsThere func(spec string) bool
	// Owns are patterns (as for path.Match) of the paths under Root that the
	// generator makes, or once made. What they match, bears the mark of Spec and
	// is not in Files is an orphan. Directories deeper than the patterns, and
	// those that never hold output, such as .git, are not looked into.
	Owns []string
	// Spares are patterns of paths that Owns matches as well, and that another
	// tree of the same spec may have in the same directory.
	Spares []string
	// AllowRemoval lets the directory lose more than half of its files.
	AllowRemoval bool
}

// Made returns files that are made already, as a [Tree] has them.
func Made(files map[string][]byte) map[string]func() []byte {
	made := make(map[string]func() []byte, len(files))
	for name, content := range files {
		made[name] = func() []byte { return content }
	}
	return made
}

// Result is what a call of [Write] did. Paths start with the roots as given.
type Result struct {
	Files   int        // how many files there are now
	Sum     Sum        // of these files
	Written []string   // those whose bytes changed
	Removed []string   // files that are no longer made
	Unread  []Conflict // what may be no longer made, and can't be read
	Strays  []Conflict // what was made from specs that are not there
}

// Write makes the directories hold the trees' files: it writes those whose bytes
// differ and removes the orphans. If anything stands in the way it returns a
// [ConflictError], and a [RemovalError] if too much would go. Then, unless the conflict
// has Begun, and with an error or a panic while the new contents are made and put beside
// the old files, no file has changed. No content is kept in memory longer than that takes.
func Write(trees ...Tree) (Result, error) {
	p, err := newPlan(trees)
	if err != nil {
		return Result{}, err
	}
	defer p.close()
	if slices.ContainsFunc(p.trees, func(t *tree) bool { return t.blocked }) {
		return Result{}, &UnreadError{p.unread()}
	}
	if losses := p.losses(); len(losses) > 0 {
		return Result{}, &RemovalError{losses}
	}
	if err := p.write(); err != nil {
		return Result{}, err
	}
	result := Result{Sum: p.sum(), Unread: p.unread()}
	for _, t := range p.trees {
		result.Files += len(t.files)
		for _, f := range t.files {
			if f.state != same {
				result.Written = append(result.Written, t.display(f.name))
			}
		}
		for _, name := range t.orphans {
			result.Removed = append(result.Removed, t.display(name))
		}
		result.Strays = append(result.Strays, t.strays...)
	}
	return result, nil
}

// Check compares the directories with the trees and changes nothing. The
// differences are in the order of the trees, sorted by path. What would be in the way of
// [Write] is a [ConflictError] here too. What can't be read is an [UnreadError], beside
// the differences of all else. The digest is that of the trees' files.
func Check(trees ...Tree) ([]Difference, Sum, error) {
	p, err := newPlan(trees)
	if err != nil {
		return nil, Sum{}, err
	}
	defer p.close()
	var differences []Difference
	for _, t := range p.trees {
		if err := t.compare(); err != nil {
			return nil, Sum{}, err
		}
		differences = append(differences, t.differences()...)
	}
	if unread := p.unread(); len(unread) > 0 {
		return differences, Sum{}, &UnreadError{unread}
	}
	return differences, p.sum(), nil
}

// unread returns what can't be read.
func (p *plan) unread() (unread []Conflict) {
	for _, t := range p.trees {
		unread = append(unread, t.unread...)
	}
	return unread
}

// display returns a path under the tree's root as the user would write it.
func (t *tree) display(name string) string {
	return filepath.Join(t.Root, filepath.FromSlash(path.Clean(name)))
}
