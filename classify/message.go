package classify

// Message returns the API's own text for people in a reply, such as the member
// "error" of a JSON body: the first that stands where a reply form says, or "".
// It is what the server wrote, but for what is secret; what it means is in the [Decision].
func (c *Catalog) Message(r Reply) string {
	if c == nil || r.Err != nil {
		return ""
	}
	s := c.startOf(&r)
	var room scratch
	doc := document{reply: &r, scratch: room[:]}
	doc.begin(c, &s)
	for i := range c.Forms {
		form := &c.Forms[i]
		if !doc.open(form, s.body) {
			continue
		}
		for i := range form.Message {
			if text := doc.text(&form.Message[i]); len(text) > 0 {
				return c.Redact(r, string(text))
			}
		}
	}
	return ""
}
