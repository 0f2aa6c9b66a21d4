package e2e_test

import (
	"encoding/json"
	"strings"

	"github.com/chromedp/cdproto/browser"
	"github.com/chromedp/cdproto/input"
	"github.com/chromedp/chromedp"
	"github.com/chromedp/chromedp/kb"
)

// What a person at the support desk does with a page.

// allowClipboard lets the pages of the tab use the clipboard, as a browser does
// after a click.
func allowClipboard(b *tab) {
	b.t.Helper()
	for _, name := range []string{"clipboard-read", "clipboard-write"} {
		_, err := chromedp.CallBrowser(b.ctx, browser.SetPermission, browser.SetPermissionParams{
			Permission:       &browser.PermissionDescriptor{Name: name},
			Setting:          browser.PermissionSettingGranted,
			BrowserContextID: chromedp.FromContext(b.ctx).BrowserContextID,
		})
		if err != nil {
			b.t.Fatal(err)
		}
	}
}

// copied returns what is on the clipboard.
func copied(b *tab) string {
	b.t.Helper()
	return eval[string](b, "navigator.clipboard.readText()")
}

// pasteKeys puts a text on the clipboard and presses the keys that paste it, and
// waits for the answer.
func pasteKeys(b *tab, text string) {
	b.t.Helper()
	expectAnswer(b)
	eval[struct{}](b, "navigator.clipboard.writeText("+quoted(text)+").then(() => null)")
	pressPaste(b)
	awaitAnswer(b)
}

// pressPaste presses the keys that paste.
func pressPaste(b *tab) {
	b.t.Helper()
	pressControl(b, "v", "paste")
}

// undo presses the keys that undo, and waits for the answer.
func undo(b *tab) {
	b.t.Helper()
	expectAnswer(b)
	pressControl(b, "z", "undo")
	awaitAnswer(b)
}

// pressControl presses a key with Ctrl, which a browser takes for a command.
func pressControl(b *tab, key, command string) {
	b.t.Helper()
	event := input.DispatchKeyEventParams{
		Type: input.DispatchKeyEventTypeKeyDown, Modifiers: int64(chromedp.ModifierCtrl), Key: key, Code: "Key" + strings.ToUpper(key),
		WindowsVirtualKeyCode: int64(strings.ToUpper(key)[0]), Commands: []string{command},
	}
	call(b, input.DispatchKeyEvent, event)
	event.Type, event.Commands = input.DispatchKeyEventTypeKeyUp, nil
	call(b, input.DispatchKeyEvent, event)
}

// paste puts a text into the field at once, without the clipboard, and waits for
// the answer.
func paste(b *tab, text string) {
	b.t.Helper()
	eval[struct{}](b, `{ const field = document.getElementById("paste"); field.focus(); field.select(); }; null`)
	expectAnswer(b)
	if text == "" {
		press(b, kb.Delete)
	} else {
		call(b, input.InsertText, input.InsertTextParams{Text: text})
	}
	awaitAnswer(b)
}

// pasteAtOnce puts a text into the field as pasting does, without waiting as the page
// does for those who type.
func pasteAtOnce(b *tab, text string) {
	b.t.Helper()
	quoted, err := json.Marshal(text)
	if err != nil {
		b.t.Fatal(err)
	}
	expectAnswer(b)
	eval[struct{}](b, `{
		const field = document.getElementById("paste");
		field.value = `+string(quoted)+`;
		field.dispatchEvent(new InputEvent("input", { inputType: "insertFromPaste" }));
	}; null`)
	awaitAnswer(b)
}

// expectAnswer notes the next change of the answer.
func expectAnswer(b *tab) {
	b.t.Helper()
	eval[struct{}](b, `{
		window.answered = new Promise((done) => {
			const place = document.getElementById("verdict");
			new MutationObserver((_, observer) => {
				if (place.inert) return; // it is still being looked up
				observer.disconnect();
				done();
			}).observe(place, { childList: true });
		});
	}; null`)
}

func awaitAnswer(b *tab) {
	b.t.Helper()
	eval[struct{}](b, "window.answered.then(() => null)")
}

// press presses keys, one after the other.
func press(b *tab, keys string) {
	b.t.Helper()
	b.run(chromedp.KeyEvent(keys))
}

// pressSlash presses the key / as a keyboard does: the page may keep the browser
// from typing it.
func pressSlash(b *tab) {
	b.t.Helper()
	key := input.DispatchKeyEventParams{
		Type: input.DispatchKeyEventTypeKeyDown, Key: "/", Code: "Slash", Text: "/", UnmodifiedText: "/", WindowsVirtualKeyCode: 191,
	}
	call(b, input.DispatchKeyEvent, key)
	key.Type, key.Text, key.UnmodifiedText = input.DispatchKeyEventTypeKeyUp, "", ""
	call(b, input.DispatchKeyEvent, key)
}

// click clicks the first element that a selector finds.
func click(b *tab, selector string) {
	b.t.Helper()
	b.run(chromedp.Click(chromedp.CSS(selector)))
}

// answer returns the text of the answer.
func answer(b *tab) string {
	b.t.Helper()
	return eval[string](b, `document.getElementById("verdict").innerText`)
}

// quoted returns a text as JavaScript has it.
func quoted(text string) string {
	encoded, err := json.Marshal(text)
	if err != nil {
		panic(err)
	}
	return string(encoded)
}

// awaitCopied waits until a button says that it has copied.
func awaitCopied(b *tab) {
	b.t.Helper()
	do(b, chromedp.Poll[bool](`[...document.querySelectorAll("button")].some((e) => e.firstChild.data === "Copied")`))
}
