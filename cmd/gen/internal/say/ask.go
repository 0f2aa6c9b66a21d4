package say

// AskForMore is what to tell a customer who has not sent enough to find out what
// happened.
func (l *Language) AskForMore() string {
	return l.Say(`Thank you for your message. To find out what happened, we need the answer of the API as your program received it. Please send us:

- the whole answer as text, with its status and its headers, not as a screenshot
- the time of the request, with the time zone
- which request it was, and what was changed just before
- how often it happens

Please remove keys and passwords first.`)
}
