package naming

import (
	"fmt"
	"strings"
	"unicode"
	"unicode/utf8"
)

// Member returns a Go name without the word of its group, for languages in which
// a group of constants is a type: TooManyRequests for StatusTooManyRequests. A
// name that is not a name without that word stays whole.
func Member(name, group string) string {
	rest := strings.TrimPrefix(name, group)
	if first, _ := utf8.DecodeRuneInString(rest); !unicode.IsUpper(first) {
		return name
	}
	return rest
}

// SameLetters reports whether two texts differ in no more than case and in what
// is neither a letter nor a digit.
func SameLetters(a, b string) bool {
	return strings.EqualFold(strings.Join(Words(a), ""), strings.Join(Words(b), ""))
}

// isConstant reports whether a text is a constant of Python as it stands, such as
// ERROR_ZERO_BALANCE.
func isConstant(text string) bool {
	return text != "" && 'A' <= text[0] && text[0] <= 'Z' && !strings.ContainsFunc(text, func(r rune) bool {
		return r != '_' && (r < '0' || r > '9') && (r < 'A' || r > 'Z')
	})
}

// Constant returns a text as a constant of Python: RATE_LIMIT_EXCEEDED for
// rateLimitExceeded. What is one already stays. It is ASCII, as Python takes other
// letters for each other: those are spelled by their number. A sign before a
// number is spelled out, and what does not start with a letter starts with
// prefix. It is empty for a text without letters and digits.
func Constant(text, prefix string) string {
	if isConstant(text) {
		return text
	}
	words := Words(text)
	if len(words) == 0 {
		return ""
	}
	name := strings.ToUpper(strings.Join(words, "_"))
	if signed := sign(text); signed != "" {
		return prefix + "_" + strings.ToUpper(signed) + "_" + name
	}
	name = spellASCII(name)
	if name[0] < 'A' {
		return prefix + "_" + name
	}
	return name
}

func spellASCII(text string) string {
	var spelled strings.Builder
	for _, r := range text {
		if r < utf8.RuneSelf {
			spelled.WriteRune(r)
		} else {
			fmt.Fprintf(&spelled, "U%04X", r)
		}
	}
	return spelled.String()
}

// Module returns the name of an API as that of a module of Python. A keyword can't
// be one, and one of the standard library's names would hide that module where
// the folder is searched first: both get an underscore.
func Module(api string) string {
	if pythonNames()[api] {
		return api + "_"
	}
	return api
}

// pythonNames are the keywords and the public modules of the standard library
// that an API may be called after.
var pythonNames = set(`and as assert async await break class continue def del elif else except finally for from
	global if import in is lambda nonlocal not or pass raise return try while with yield
	abc aifc antigravity argparse array ast asynchat asyncio asyncore atexit audioop base64 bdb binascii bisect
	builtins bz2 calendar cgi cgitb chunk cmath cmd code codecs codeop collections colorsys compileall
	concurrent configparser contextlib contextvars copy copyreg crypt csv ctypes curses dataclasses datetime dbm
	decimal difflib dis distutils doctest email encodings ensurepip enum errno faulthandler fcntl filecmp
	fileinput fnmatch fractions ftplib functools gc genericpath getopt getpass gettext glob graphlib grp gzip
	hashlib heapq hmac html http idlelib imaplib imghdr imp importlib inspect io ipaddress itertools json keyword
	lib2to3 linecache locale logging lzma mailbox mailcap marshal math mimetypes mmap modulefinder msilib msvcrt
	multiprocessing netrc nis nntplib nt ntpath nturl2path numbers opcode operator optparse os ossaudiodev
	pathlib pdb pickle pickletools pipes pkgutil platform plistlib poplib posix posixpath pprint profile pstats
	pty pwd py_compile pyclbr pydoc pydoc_data pyexpat queue quopri random re readline reprlib resource
	rlcompleter runpy sched secrets select selectors shelve shlex shutil signal site smtpd smtplib sndhdr socket
	socketserver spwd sqlite3 sre_compile sre_constants sre_parse ssl stat statistics string stringprep struct
	subprocess sunau symtable sys sysconfig syslog tabnanny tarfile telnetlib tempfile termios textwrap this
	threading time timeit tkinter token tokenize tomllib trace traceback tracemalloc tty turtle turtledemo types
	typing unicodedata unittest urllib uu uuid venv warnings wave weakref webbrowser winreg winsound wsgiref
	xdrlib xml xmlrpc zipapp zipfile zipimport zlib zoneinfo
	annotationlib compression`)
