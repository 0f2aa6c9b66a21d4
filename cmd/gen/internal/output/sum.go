package output

import (
	"bytes"
	"crypto/sha256"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"maps"
	"os"
	"path"
	"runtime"
	"slices"
	"sync"
)

// Sum is a digest of the files of trees: of their names and bytes, with line ends that a
// checkout converted taken for what they were.
type Sum [sha256.Size]byte

// sum returns the digest of the trees' files, which are all made.
func (p *plan) sum() Sum {
	var sums []treeSum
	for _, t := range p.trees {
		sum := make(treeSum, len(t.files))
		for _, f := range t.files {
			sum[f.name] = f.sum
		}
		sums = append(sums, sum)
	}
	return sumOf(sums)
}

// SumOnDisk returns the digest of the files of the trees' specs that the directories hold,
// and how many there are, whatever the trees are to have. It reports false where [Write]
// would have something to do or to tell for other reasons than these files, or might have.
// What has the digest that Write and [Check] return is what Write would leave alone.
func SumOnDisk(trees ...Tree) (sum Sum, files int, ok bool) {
	var sums []treeSum
	for _, t := range trees {
		sum, ok := sumOnDisk(t)
		if !ok {
			return Sum{}, 0, false
		}
		files += len(sum)
		sums = append(sums, sum)
	}
	return sumOf(sums), files, true
}

// treeSum are the digests of a tree's files, by their paths under the root.
type treeSum map[string]Sum

func sumOf(trees []treeSum) Sum {
	all := sha256.New()
	for _, t := range trees {
		fmt.Fprintln(all, len(t))
		for _, name := range slices.Sorted(maps.Keys(t)) {
			fmt.Fprintf(all, "%q %x\n", name, t[name])
		}
	}
	return Sum(all.Sum(nil))
}

func sumOnDisk(of Tree) (treeSum, bool) {
	t, err := open(of)
	if err != nil || t.root == nil {
		return nil, false
	}
	defer t.root.Close()
	s := summer{sums: treeSum{}}
	scan := scanner{tree: t, entered: map[string]bool{".": true}}
	scan.found = func(dir string, files []string) { s.directory(t, dir, files) }
	scan.walk()
	return s.sums, !s.failed && len(t.unread) == 0 && len(t.litter) == 0
}

// errStray is that a file is a stray, which is to be told each time.
var errStray = errors.New("a stray")

// summer makes the digests of files.
type summer struct {
	mutex  sync.Mutex
	sums   treeSum
	failed bool
}

// directory adds those files of a directory that are the spec's.
func (s *summer) directory(t *tree, dir string, files []string) {
	if len(files) == 0 {
		return
	}
	root, err := t.root.OpenRoot(dir) // once for all its files
	if err != nil {
		s.failed = true
		return
	}
	defer root.Close()
	readers := runtime.GOMAXPROCS(0)
	var wait sync.WaitGroup
	for share := range slices.Chunk(files, (len(files)+readers-1)/readers) {
		wait.Go(func() {
			var buffer bytes.Buffer
			for _, name := range share {
				buffer.Reset()
				sum, ours, err := t.sum(root, name, &buffer)
				s.mutex.Lock()
				s.failed = s.failed || err != nil
				if ours {
					s.sums[path.Join(dir, name)] = sum
				}
				s.mutex.Unlock()
			}
		})
	}
	wait.Wait()
}

// sum returns the digest of a file, and whether it has the mark of the tree's spec.
func (t *tree) sum(dir *os.Root, name string, buffer *bytes.Buffer) (sum Sum, ours bool, err error) {
	f, err := dir.Open(name)
	if err != nil {
		return sum, false, err
	}
	defer f.Close()
	if info, err := f.Stat(); err != nil || !info.Mode().IsRegular() {
		return sum, false, errors.Join(err, fs.ErrInvalid) // it was a regular file a moment before
	}
	if _, err := io.CopyN(buffer, f, headSize); err != nil && err != io.EOF {
		return sum, false, err
	}
	if !t.isOwn(buffer.Bytes()) {
		if owner, _ := markOf(buffer.Bytes()); t.isStray(owner) {
			return sum, false, errStray
		}
		return sum, false, nil
	}
	_, err = buffer.ReadFrom(f)
	return sha256.Sum256(withoutCR(buffer.Bytes())), true, err
}
