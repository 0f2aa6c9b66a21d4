package site

import (
	"html/template"

	"github.com/errkb/errkb/cmd/gen/internal/model"
)

// write writes the page around what is its own.
func (p *page) write(w *writer, main func(w *writer)) {
	w.put(`<!DOCTYPE html>
%s
<html lang="%s">
<head>
`, p.Mark(), p.Catalog.Language)
	switch {
	case p.IsForCustomers():
		p.writeForCustomers(w, main)
	case p.Address == widgetAddress:
		p.writeHead(w)
		w.put(`
</head>
<body class="widget">
<main id="main">
`)
		main(w)
		w.put(`
</main>
%s</body>
</html>
`, p.later())
	default:
		p.writeHead(w)
		w.put(`
</head>
<body>
%s`, p.Bar())
		p.writeLanguages(w)
		w.put(`
</header>
<main id="main">
`)
		main(w)
		w.put(`
</main>
%s
%s</body>
</html>
`, p.Footer(), p.later())
	}
}

// writeForCustomers writes a page for customers, which loads nothing but a style.
func (p *page) writeForCustomers(w *writer, main func(w *writer)) {
	p.writeMeta(w, false)
	if at := p.IsAt(); at != "" {
		w.put(`
<link rel="canonical" href="%s">`, at)
	}
	w.put(`
<link rel="stylesheet" href="%sstyle.css">
</head>
<body>
<main id="main">
`, p.Folder())
	main(w)
	w.put(`
</main>
</body>
</html>
`)
}

// writeMeta writes what is true of each page of one kind, and what it is about.
func (p *page) writeMeta(w *writer, hidden bool) {
	w.put(`<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; connect-src 'self'; base-uri 'none'; form-action 'none'">
`)
	if hidden {
		w.put(`<meta name="robots" content="noindex">
`)
	}
	w.put(`<meta name="referrer" content="no-referrer">
<meta name="description" content="%s">
<title>%s</title>
<link rel="icon" href="data:,">`, p.Description, p.Heading())
}

func (p *page) writeHead(w *writer) {
	p.writeMeta(w, true)
	if at := p.IsAt(); at != "" {
		w.put(`
<link rel="canonical" href="%s">`, at)
	}
	editions := p.Editions()
	for _, e := range editions {
		w.put(`
<link rel="alternate" hreflang="%s" href="%s">`, e.Language, e.URL)
	}
	if len(editions) > 0 {
		w.put(`
<link rel="alternate" hreflang="x-default" href="%s">`, editions[0].URL)
	}
	if p.JSON {
		w.put(`
<link rel="alternate" type="application/json" href="%s">`, p.File())
	}
	if sibling := p.Sibling(); sibling != "" {
		w.put(`
<link rel="alternate" type="text/markdown" href="%s">`, sibling)
	}
	if search := p.Search(); search != "" {
		w.put(`
<link rel="search" type="application/opensearchdescription+xml" href="%s%s" title="%s">`, p.Root, search, p.l.CatalogTitle(p.Catalog))
	}
	w.put(`
%s`, p.Assets())
}

// writeLanguages writes the links to the page in the other languages.
func (p *page) writeLanguages(w *writer) {
	others := p.Others()
	if len(others) == 0 {
		return
	}
	w.put(`
<nav aria-label="%s" class="languages">
<ul>`, p.l.Say("Language"))
	for _, e := range others {
		w.put(`
<li><a href="%s" hreflang="%s" lang="%s">%s</a></li>`, e.Target, e.Language, e.Language, e.Name)
	}
	w.put(`
</ul>
</nav>`)
}

// later returns what pages with the paste field load behind what they need to be shown: a
// slow line is shared.
func (p *page) later() template.HTML {
	if !p.Asks() {
		return ""
	}
	return written(func(w *writer) {
		w.put(`<link rel="preload" href="%sverdicts.js" as="script">
<link rel="preload" href="%slookup.js" as="script" fetchpriority="low">
`, p.Root, p.Root)
	})
}

// writeEntry writes the page of an entry.
func (v entryView) writeEntry(w *writer) {
	p, l := v.Page, v.Page.l
	if alias := v.AliasOf(); alias != "" {
		w.put(`<p class="note">%s</p>
`, markup(l, "%s is another name of %s.", enclosed("code", escaped(alias)), p.Key(v.Entry)))
	}
	w.put(`%s
%s
%s
`, p.Notices(), v.Card(), v.About())
	w.put(`
<section>
<h2>%s</h2>
<dl>`, l.Say("For developers"))
	row := func(title string, said template.HTML) {
		w.put(`
<div><dt>%s</dt><dd>%s</dd></div>`, title, said)
	}
	if v.Go != "" {
		row(l.Say("Go constant"), enclosed("code", escaped(v.API.Name+"."+v.Go)))
	}
	row(l.Say("Action"), link(p.To(model.ActionAddress(v.Action)), enclosed("code", escaped(v.Action))))
	row(l.Say("Category"), link(p.To(v.Category.Address()), enclosed("code", escaped(v.Category.Name))))
	row(l.Say("As JSON"), link(p.File(), escaped(p.File())))
	w.put(`
</dl>
<pre><code>%s</code></pre>
</section>`, v.Snippet())
}

// Notices returns the place where notices are shown that fit the page.
func (p *page) Notices() template.HTML {
	return written(func(w *writer) {
		w.put(`<section class="scripted note" id="notices"`)
		if p.API != nil {
			w.put(` data-api="%s"`, p.API.Name)
		}
		if p.Entry != nil {
			w.put(` data-code="%s"`, p.Entry.Code)
		}
		w.put(` hidden></section>`)
	})
}
