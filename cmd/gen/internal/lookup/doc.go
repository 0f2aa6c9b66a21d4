// Package lookup says what a pasted text is: which entries of a catalog it may
// speak of, how sure that is, and why. It never invents: a text that holds
// nothing known gets no answer. The support site asks the same questions in a
// browser, so every step is plain work on texts. The files in script/ do the same steps
// there and give the same answers in every byte; [Script] gives it the words and
// bounds of this package and a catalog. spec/vectors/search.json says what every
// port answers to the shipped catalog, and a test of package e2e asks both the same.
// They may differ over characters that Unicode has added since the one of them
// was made, and over names in XML that are not ASCII.
//
// # Words
//
// An atom is the longest run of letters and digits (Unicode L, N and M); a letter
// from U+0500 on, but for Latin and Greek ones, starts another atom than those before it. The gap is what stands
// between two atoms. To fold is to turn into small letters, character by character.
// To squash is to fold and to drop all but letters and digits. A spelling is a
// squashed code, alias or message, with all the names that squash to it; a style is
// how a text writes one of these. A word is what _ and - join.
//
// A step of a lookup looks at the atoms alone that what it looks for may start with: start.go
// finds them for all steps in one look at each atom.
//
// # Steps
//
// Each step has an example: a text, and its first match in the shipped catalog, or in
// the one of lookuptest.OddSpec where that has the API.
//
// 1. Clean. HTML entities are decoded, twice; then backslash escapes, then
// percent-encoded punctuation. Characters that are not seen are dropped; spaces,
// hyphens, quotes and full-width characters become their plain ones; line ends
// become \n. Terminal colours are dropped, and the > of mail at line starts.
//
//	got RATE&amp;#95;LIMIT%5FEXCEEDED -> exact fastcaptcha code RATE_LIMIT_EXCEEDED
//
// 2. Reply. The text as pasted, then without mail quotes, then cleaned: the first of
// them that holds HTTP messages (status line, header or empty line, body), the last
// first; or that is a JSON or XML document, or holds an object, alone, with a
// status before it on its line or beside it, or as what an HTTP archive or a program keeps of a call.
// An object is JSON, or what Python, Ruby or Node.js prints of one. Else each word such as
// OK|123 is put to the classifiers, for success in plain text.
// What somebody wrote below a message is cut off. Each reply is put to the classifiers
// of the APIs that it may be of: the one that somebody asks about, or the one whose
// address is nearest before it, or all. An API knows a reply by a listed code, a prefix,
// or a sign of success that is there: then what these APIs decide is exact, and success
// in a part of the text likely. Where no API knows it:
//   - what one decides by the status of a message is exact, and by that of an error that
//     its body alone names, a member of an object or the title of a page, likely;
//   - where the reply has something other than success where an API says success by
//     a value, the API's entry for unlisted codes is likely, and in a message its entry
//     for unrecognised replies; so are these where it is surely the API's;
//   - success by what is absent, or by the status alone, is exact in a message, if no
//     API takes the reply for its own and no success;
//   - what falls to unknown or unrecognised in a message that no API takes for its
//     own is a guess, and so is that in a document that is the whole text and surely
//     the API's: of the only one of the catalog, the addressed one, the one asked about.
//
// A listed code that a form reads from the whole text, taken for a reply in plain text,
// is likely. What is decided on the last message, or on a document that is the whole
// text, comes before all else, unless that is a guess whose it is. The match has the
// decision: the classifier's, with the wait, the variant and all that the reply says.
//
// The text is exactly an entry's if it is one of its examples, where all this would
// not lead there and to what it says there. Other names in a reply that is told by more
// than the status are less sure than what was decided. Success with no entry and no
// status is that of status 200.
//
//	"HTTP/1.1 200 OK\n\n{\"success\": false}" -> likely fastcaptcha unrecognised unrecognised
//
// 3. Key. The whole text, without the quotes and marks around it, is exactly a
// key: a code, an alias, a prefix such as 08*, a class such as 5xx, a transport
// failure.
//
//	(5xx) -> exact fastcaptcha status_class 5xx
//
// 4. Names. From every atom on, the squashed text up to each following atom is
// looked up among the spellings, as long as some spelling starts with it and the gaps
// are three bytes at most or one line end with its indent. How sure it is that a name
// stands there, rows say, by the style of the text and by facts about the place:
// codes that may be ordinary words (one word of letters, or shorter than five),
// other codes, and messages each have their rows. A word is told where several words
// and a colon lead to it. The styles are:
//   - verbatim: letter by letter;
//   - joined: the code's words with _, with - or with nothing between, in any case;
//   - spaced and dotted: the words with spaces or with dots;
//   - marked: the words with spaces, and a colon or a dash after the first;
//   - mixed: with single characters between its letters.
//
// A message with a placeholder (%s, %1, {0}) is likely where its longest part stands, of
// two words or more, and the others around it on the same line.
//
// One line end may stand at every gap; it counts as nothing, or as the space. Among
// the names of one API that squash to the same, one that is verbatim beats the others;
// if none is they are likely, and so are those of other APIs if one is verbatim. Of
// two names in the same place the longer one stays, unless the shorter is surer.
//
//	there was a rate limit exceeded today -> likely fastcaptcha code RATE_LIMIT_EXCEEDED
//
// 5. Numbers. A text of nothing but a status from 100 to 599, words such as HTTP
// or "status code" and its reason phrase is that status: exact for the APIs that
// list it, likely for the class entries of the others. The name of an API may stand
// before it. A message that is the reason phrase of a status in the text is a guess.
// A text of nothing but the reason phrase of an error's status, of two
// words or more, is likely that status. In other text a status is
// likely next to such words, also with "is", "of" or "was" between, and after the name
// of an API before a pause. A code that is a number is likely after a label,
// or after the name of an exception with a pause behind it, and a guess where a driver
// sets it apart: #1064, (1054, "..."). The status by which a proxy asks who calls is
// nothing, nor is a failure on its line, unless an API lists it.
// Numbers that are part of amounts, dates, addresses or versions, and those of
// processes that exit, are nothing.
//
//	the server answered with status code 429 -> likely fastcaptcha status 429
//
// 6. Prefixes. A word that looks like a code and starts as a prefix entry, longest
// first, is likely as the whole text or after a label, and a guess with a prefix
// of five letters or more and an underscore. A prefix of several words is likely
// wherever it stands literally, and a guess if it is two.
//
//	SQLSTATE 08003 -> likely alpha prefix 08*
//
// 7. Near. In the whole text, if step 4 found nothing there, and in words that
// look like codes and that no name took: a form one typo away (a letter changed,
// missing, added or swapped with the next; a digit of a code is never one), in
// squashed texts of seven or more; two typos away only in the whole text and from
// sixteen on, with the same digits; else a code without the first word that three
// or more codes of its API start with; a code with "error" or "err" before it; the
// only code that the end of the text is most of the start of. All are guesses.
//
//	got RATE_LIMT_EXCEEDED back -> guess fastcaptcha code RATE_LIMIT_EXCEEDED
//
// 8. Failures. What programs say where no answer came, such as "connection
// refused", is likely the entry of that failure, as whole words in any case, with
// what joins words between them, that no name took. The table in wording.go has them,
// with the program that says each. Of those in a text only the ones that tell most
// count: what happened, then the name of an exception, then that a call failed. A program
// that gives up asking for a result says nothing of a call.
//
//	dial tcp: connection refused -> likely fastcaptcha transport connection
//
// 9. Guesses. A text without any code so far is read once more. In words that look like
// codes: signs that look alike in a picture, with spaces around underscores; a code with
// one word more or less, if most of its letters are left and the word has no digit; a
// code behind words such as NT_STATUS. In sentences: a code whose first word stands
// behind the others ("zero balance error"); a code without the first word that many
// codes start with, after a word such as "says" or after a pause, and before one; what
// the catalog says of a code, as its meaning or an issue that comes of it, as a line or in
// quotes, in catalogs of up to 1,000 entries. A text
// without any match: many of a status (502s), or one of an error beside a word for error
// in one of a dozen languages, or after "says" and the like, or, where the text speaks
// of requests or servers, after "got" and the like, with a pause or a word such as
// "when" behind it; there also where somebody has "a 500", or says no more than "we get
// 500", and behind an address of an API. Timeouts that somebody has are calls that failed so.
//
//	ERR0R_ZER0_BALANCE -> guess captchaai code ERROR_ZERO_BALANCE
//	it says wrong user key -> guess captchaai code ERROR_WRONG_USER_KEY
//	it says 402 -> guess fastcaptcha status 402
//
// Where nothing is found, [Index.Nearest] names up to three codes that share most pairs
// of letters with a word of the text.
//
// # Addresses
//
// The hosts of an API are those in its summary and its links, without a first label
// such as docs; its paths are those of its operations. Where a text has some, statuses
// are those of these APIs alone, and their operation is known. Where it has none, but
// says that another host was called or answered, what is told by a status alone is a guess.
// A status or a failed call whose operation is known so has its API's decision, as a reply has.
//
// # Evidence
//
// What rests on nothing but a status or a failed call is left out where the text names
// another API that it finds something of: by its name or address, by a reply in its form,
// or by a code or a message that is as sure. A message that is the reason phrase of a
// status, and a code that is a number, name nobody. So is a status that one of these codes
// comes with, in catalogs of up to 1,000 entries. What is decided on the reply that the
// text is about is not left out for a code. Where a reply is decided by its status and has the message of such a code,
// the reason says so.
//
// # Order
//
// Each entry stays once, with its best match and how often the text holds it. Matches are
// ordered by confidence, examples first, then what the text says is over ("fixed that"),
// which is never more than a guess, after what it does not, what a mail quotes after what it does not, what is not ready
// and then success after errors, then kind (code, prefix, status, class, transport,
// unknown, unrecognised), how the text has the name (literally, in another spelling, as a
// part of a longer word, or as an exception's class, which is never exact), number of
// typos or order of the failures, place in the text, in a log from its end, whether the
// text names the API, and order in the catalog. The name or the title of an API,
// of four letters or more, is looked for as words and in host names, unless it is a word
// that texts about any API hold, such as Status. If the text
// names some APIs, a message of any other is a guess. A status entry that means
// success is a match only where a classifier takes it for the reply in the text, or,
// where there is none with its status, for a reply of which only the status is known;
// and, unless it is exact, not where the text holds an error or another reply, nor
// where its API finds another value in the place where success would show.
package lookup
