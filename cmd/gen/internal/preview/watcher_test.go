package preview

import (
	"context"
	"os"
	"path/filepath"
	"testing"
	"testing/synctest"
	"time"

	"github.com/google/go-cmp/cmp"
)

// TestWatcher changes a file in the ways of editors. Each step is what happens
// before a look, and what the look says: nothing, or the file's new content.
func TestWatcher(t *testing.T) {
	const gone = "(gone)"
	type step struct {
		write string // the file's content from now on; empty for no change, gone to remove it
		want  string // what it has changed to; empty for no change
	}
	for name, steps := range map[string][]step{
		"nothing":               {{"", ""}, {"", ""}},
		"written":               {{"two", ""}, {"", "two"}, {"", ""}},
		"written twice":         {{"two", ""}, {"", "two"}, {"three", ""}, {"", "three"}},
		"written the same":      {{"one", ""}, {"", ""}},
		"half written":          {{"tw", ""}, {"two", ""}, {"", "two"}},
		"emptied at first":      {{" ", ""}, {"two", ""}, {"two", "two"}},
		"written and back":      {{"two", ""}, {"one", ""}, {"", ""}},
		"removed":               {{gone, ""}, {"", gone}, {"", ""}},
		"removed and put there": {{gone, ""}, {"two", ""}, {"", "two"}},
		"removed, mended later": {{gone, ""}, {"", gone}, {"one", ""}, {"", "one"}},
	} {
		t.Run(name, func(t *testing.T) {
			file := filepath.Join(t.TempDir(), "spec")
			writeOver(t, file, "one")
			w := NewWatcher(alone(file), os.ReadFile)
			var got, want []string
			for _, s := range steps {
				switch s.write {
				case "":
				case gone:
					if err := os.Remove(file); err != nil {
						t.Fatal(err)
					}
				default:
					writeOver(t, file, s.write)
				}
				news := ""
				if w.changed() {
					news = content(w)
					if w.Now.Err != nil {
						news = gone
					}
				}
				got, want = append(got, news), append(want, s.want)
			}
			if diff := cmp.Diff(want, got); diff != "" {
				t.Errorf("news (-want +got):\n%s", diff)
			}
		})
	}
}

// TestWatcherSameStamp changes a file so that its size and time stay the same.
func TestWatcherSameStamp(t *testing.T) {
	old := time.Now().Add(-time.Hour)
	for name, test := range map[string]struct {
		stamp  time.Time
		change func(t *testing.T, file string)
	}{
		"replaced by another file": {old, func(t *testing.T, file string) {
			writeOver(t, file+"~", "two")
			if err := os.Rename(file+"~", file); err != nil {
				t.Fatal(err)
			}
		}},
		"written within a step of the clock": {time.Now(), func(t *testing.T, file string) { writeOver(t, file, "two") }},
	} {
		t.Run(name, func(t *testing.T) {
			file := filepath.Join(t.TempDir(), "spec")
			writeOver(t, file, "one")
			if err := os.Chtimes(file, test.stamp, test.stamp); err != nil {
				t.Fatal(err)
			}
			w := NewWatcher(alone(file), os.ReadFile)
			test.change(t, file)
			if err := os.Chtimes(file, test.stamp, test.stamp); err != nil {
				t.Fatal(err)
			}
			if first, second := w.changed(), w.changed(); first || !second {
				t.Errorf("the looks say %v and %v, want a change at the second", first, second)
			}
		})
	}
}

func TestWatcherLeavesOldFilesUnread(t *testing.T) {
	file := filepath.Join(t.TempDir(), "spec")
	writeOver(t, file, "one")
	old := time.Now().Add(-time.Hour)
	if err := os.Chtimes(file, old, old); err != nil {
		t.Fatal(err)
	}
	w := NewWatcher(alone(file), os.ReadFile)
	before := w.infos[file]
	if w.changed() || w.infos[file] != before || w.pause() != lookInterval {
		t.Error("the file was read again")
	}
}

// TestWatcherSeesKeptTimes edits a file whose size and time stay those of long ago.
func TestWatcherSeesKeptTimes(t *testing.T) {
	file := filepath.Join(t.TempDir(), "spec")
	old := time.Now().Add(-time.Hour)
	write := func(content string) {
		writeOver(t, file, content)
		if err := os.Chtimes(file, old, old); err != nil {
			t.Fatal(err)
		}
	}
	write("one")
	w := NewWatcher(alone(file), os.ReadFile)
	if changeTime(w.infos[file]) == nil {
		t.Skip("this system does not tell")
	}
	write("two")
	if w.changed(); !w.changed() || content(w) != "two" {
		t.Errorf("it reads %q", content(w))
	}
}

// TestWatcherNext waits for changes while the time goes on.
func TestWatcherNext(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		file := filepath.Join(t.TempDir(), "spec")
		writeOver(t, file, "one")
		w := NewWatcher(alone(file), os.ReadFile)
		if got := content(w); got != "one" {
			t.Errorf("at first it reads %q", got)
		}
		time.AfterFunc(lookInterval+time.Millisecond, func() { writeOver(t, file, "two") })
		start := time.Now()
		if !w.Next(t.Context()) || content(w) != "two" {
			t.Errorf("after a change it reads %q", content(w))
		}
		if got, want := time.Since(start), 2*lookInterval+settleTime; got != want {
			t.Errorf("it has waited %v, want %v", got, want)
		}
		ctx, cancel := context.WithCancel(t.Context())
		time.AfterFunc(time.Hour+time.Millisecond, cancel)
		start = time.Now()
		if w.Next(ctx) || time.Since(start) != time.Hour+time.Millisecond {
			t.Errorf("without a change it has waited %v, and reads %q", time.Since(start), content(w))
		}
	})
}

// TestWatcherBeside changes what belongs to a file: a file comes, changes and goes.
func TestWatcherBeside(t *testing.T) {
	dir := t.TempDir()
	file := filepath.Join(dir, "spec")
	writeOver(t, file, "one")
	w := NewWatcher(func() ([]string, error) { return filepath.Glob(filepath.Join(dir, "spec*")) }, os.ReadFile)
	old := time.Now().Add(-time.Hour)
	look := func(want string) {
		t.Helper()
		names, _ := w.names()
		for _, name := range names { // so that only what a step does is new
			if err := os.Chtimes(name, old, old); err != nil {
				t.Fatal(err)
			}
		}
		old = old.Add(time.Minute)
		if first, second := w.changed(), w.changed(); first || !second {
			t.Errorf("the looks say %v and %v, want a change at the second", first, second)
		}
		got := ""
		for _, f := range w.Now.Files[1:] {
			got += filepath.Base(f.Name) + " " + string(f.Content) + ";"
		}
		if got != want || content(w) != "one" || w.Now.Err != nil {
			t.Errorf("it reads %q beside %q, want %q; %v", got, content(w), want, w.Now.Err)
		}
	}
	writeOver(t, file+".de", "eins")
	look("spec.de eins;")
	writeOver(t, file+".es", "uno")
	look("spec.de eins;spec.es uno;")
	writeOver(t, file+".de", "zwei")
	look("spec.de zwei;spec.es uno;")
	if err := os.Remove(file + ".de"); err != nil {
		t.Fatal(err)
	}
	look("spec.es uno;")
}

// alone names one file.
func alone(file string) func() ([]string, error) {
	return func() ([]string, error) { return []string{file}, nil }
}

// content is that of the first file.
func content(w *Watcher) string { return string(w.Now.Files[0].Content) }

// writeOver writes a file in place.
func writeOver(t *testing.T, name, content string) {
	t.Helper()
	if err := os.WriteFile(name, []byte(content), 0o644); err != nil {
		t.Fatal(err)
	}
}

// TestStill waits for a change of what never changes, for an hour.
func TestStill(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		ctx, cancel := context.WithTimeout(t.Context(), time.Hour)
		defer cancel()
		w := Still(Reading{Files: []File{{"spec", []byte("one")}}})
		if w.Next(ctx) || content(w) != "one" || ctx.Err() == nil {
			t.Errorf("it has changed to %q", content(w))
		}
	})
}
