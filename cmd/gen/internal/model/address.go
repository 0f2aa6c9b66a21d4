package model

import (
	"slices"
	"strings"

	"github.com/errkb/errkb/classify"
)

// The addresses of the site: paths from its root, without a file extension. They
// don't change as long as the key of the entry doesn't, so that a link in an old
// mail still leads somewhere.

// Address returns where the entry's page is, such as "c/shop/card-declined",
// "s/shop/429", "t/shop/timeout" or "u/shop/unknown".
func (e *Entry) Address() string {
	switch e.Kind {
	case classify.KindStatus, classify.KindStatusClass:
		return "s/" + e.API.Name + "/" + e.Code
	case classify.KindTransport:
		return "t/" + e.API.Name + "/" + e.Code
	case classify.KindUnknown, classify.KindUnrecognised:
		return "u/" + e.API.Name + "/" + e.Code
	}
	return "c/" + e.API.Name + "/" + e.Slug
}

// URL returns the address of the entry's page in the published site, or nothing where
// the site is not published.
func (e *Entry) URL() string { return pageURL(e.API.Site, e.Address()) }

// URL returns the address of a page in the published site, or nothing where the site is
// not published.
func (c *Catalog) URL(address string) string { return pageURL(c.Site, address) }

func pageURL(site, address string) string {
	if site == "" {
		return ""
	}
	return site + address + ".html"
}

// Others returns the other languages that the catalog is in.
func (c *Catalog) Others() []Edition {
	return slices.DeleteFunc(slices.Clone(c.Editions), func(e Edition) bool { return e.Language == c.Language })
}

// Top returns the way from the catalog's folder to that of the spec's language.
func (c *Catalog) Top() string { return strings.Repeat("../", strings.Count(c.Folder, "/")) }

// InEdition returns where a page of the published site is in one of the languages, or
// nothing where the site is not published.
func (c *Catalog) InEdition(e Edition, address string) string {
	if c.Site == "" {
		return ""
	}
	return pageURL(strings.TrimSuffix(c.Site, c.Folder)+e.Folder, address)
}

// AliasAddress returns where the page of the entry's i-th alias is.
func (e *Entry) AliasAddress(i int) string { return "c/" + e.API.Name + "/" + e.AliasSlugs[i] }

// CustomerAddress returns where the entry's page for customers is. All such pages are in
// one folder, which can be published without the rest.
func (e *Entry) CustomerAddress() string { return CustomerFolder + e.Address() }

// CatalogName is the file of the docs that holds the whole catalog as JSON.
const CatalogName = "catalog.json"

// CustomerFolder is where the pages for customers are.
const CustomerFolder = "for-customers/"

// Address returns where the API's page is.
func (a *API) Address() string { return "api/" + a.Name }

// Address returns where the category's page is.
func (c *Category) Address() string { return "category/" + c.Slug }

// ActionAddress returns where the page of an action is.
func ActionAddress(a classify.Action) string { return "action/" + a.String() }
