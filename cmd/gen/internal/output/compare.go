package output

import (
	"bytes"
	"crypto/sha256"
	"fmt"
	"io"
	"sync"
)

// content makes the content of a file and notes what it is known by once it is gone.
func (f *file) content() ([]byte, error) {
	content := f.make()
	if _, marked := markOf(content); !marked {
		return nil, fmt.Errorf("%s: rendered without the generator's mark", f.name)
	}
	f.size, f.sum = len(content), sha256.Sum256(withoutCR(content))
	return content, nil
}

// compare compares all files with the disk, and notes what can't be read.
func (t *tree) compare() error {
	var mutex sync.Mutex
	return several(len(t.files), func(i int) error {
		f := t.files[i]
		content, err := f.content()
		if err != nil || f.state == missing {
			return err
		}
		disk, reason, err := t.compareFile(f)
		switch {
		case err != nil:
			mutex.Lock()
			defer mutex.Unlock()
			t.note(f.name, err, true)
		case reason != "": // it was put there meanwhile
			return conflict(t.display(f.name), reason)
		case f.state == differs:
			f.first = firstDifference(content, disk)
		}
		return nil
	})
}

// compareFile compares what stands in the place of a file with its content, which is made,
// and returns what it has read of it.
func (t *tree) compareFile(f *file) (disk []byte, reason string, err error) {
	from, head, reason, err := t.openOwn(f)
	if from == nil {
		return nil, reason, err
	}
	defer from.Close()
	rest := 2 * int64(f.size) // longer ones differ, whatever their line ends
	room := bytes.NewBuffer(make([]byte, 0, len(head)+int(min(rest, f.info.Size()))+bytes.MinRead))
	room.Write(head)
	if _, err := room.ReadFrom(io.LimitReader(from, rest)); err != nil {
		return nil, "", err
	}
	f.state = differs
	if sha256.Sum256(withoutCR(room.Bytes())) == f.sum {
		f.state = same
	}
	return room.Bytes(), "", nil
}

// withoutCR returns a content with line ends of LF alone: git calls a checkout unchanged
// whose line ends it converted, and so does output.
func withoutCR(content []byte) []byte {
	if bytes.IndexByte(content, '\r') < 0 {
		return content // and no copy
	}
	return bytes.ReplaceAll(content, []byte("\r\n"), []byte("\n"))
}
