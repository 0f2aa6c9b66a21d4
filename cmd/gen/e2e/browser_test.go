package e2e_test

import (
	"context"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"sync"
	"testing"
	"time"

	"github.com/chromedp/chromedp"
)

// browserVariable names the browser to use, for one that is not in the path.
const browserVariable = "ERRKB_CHROMIUM"

// patience bounds each step of a test, for those that hang. No test says how fast
// a thing is by it.
const patience = 2 * time.Minute

// browsers are the names of Chromium. The headless shell comes first: it is the same engine
// without a browser's windows, which cost more than most pages. Debian's command for it leaves
// it running when it is ended, so the program has its path.
var browsers = []string{
	"/usr/lib/chromium/chromium-headless-shell", "chrome-headless-shell",
	"chromium", "chromium-browser", "google-chrome-stable", "google-chrome", "chrome",
}

// idleFeatures are those of Chromium that no test wants: processes for pages that may come, and
// old pages that are kept for a way back, each of which takes another process for the next.
const idleFeatures = "Translate,BlinkGenPropertyTrees,SpareRendererForSitePerProcess,BackForwardCache,ProactivelySwapBrowsingInstance"

// findBrowser returns the path of a Chromium.
func findBrowser() (string, error) {
	if named := os.Getenv(browserVariable); named != "" {
		path, err := exec.LookPath(named)
		if err != nil {
			return "", fmt.Errorf("%s names no program: %w", browserVariable, err)
		}
		return path, nil
	}
	for _, name := range browsers {
		if path, err := exec.LookPath(name); err == nil {
			return path, nil
		}
	}
	return "", errors.New("no Chromium in the path: run scripts/need chromium, " +
		"or apt-get install chromium-headless-shell, or name one in " + browserVariable)
}

// stopBrowser ends the browser, once there is one.
var stopBrowser = func() {}

// chromium starts the one browser of the test binary when a test first wants it,
// and returns its context.
var chromium = sync.OnceValues(func() (context.Context, error) {
	path, err := findBrowser()
	if err != nil {
		return nil, err
	}
	options := append(slices.Clone(chromedp.DefaultExecAllocatorOptions[:]),
		chromedp.ExecPath(path),
		chromedp.UserDataDir(filepath.Join(scratch, "profile")),
		chromedp.DisableGPU,
		chromedp.Flag("disable-features", idleFeatures),
		chromedp.Flag("disable-quic", true),
		chromedp.Flag("disable-component-update", true),
		chromedp.Env("TZ=UTC"), // the zone that times are shown in
	)
	if os.Geteuid() == 0 { // Chromium's sandbox refuses root
		options = append(options, chromedp.NoSandbox)
	}
	allocated, free := chromedp.NewExecAllocator(context.Background(), options...)
	ctx, closeBrowser := chromedp.NewContext(allocated)
	stopBrowser = func() {
		closeBrowser()
		free()
	}
	if err := chromedp.Do(ctx); err != nil {
		return nil, fmt.Errorf("start %s: %w", path, err)
	}
	return ctx, nil
})

// scratch is a folder of the test binary, which is removed at its end.
var scratch string

func TestMain(m *testing.M) {
	os.Exit(runTests(m))
}

func runTests(m *testing.M) int {
	var err error
	if scratch, err = os.MkdirTemp("", "errkb-e2e-"); err != nil {
		panic(err)
	}
	defer os.RemoveAll(scratch)
	defer func() { stopBrowser() }()
	return m.Run()
}
