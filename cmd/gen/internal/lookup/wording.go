package lookup

import (
	"strings"
	"sync"

	"github.com/errkb/errkb/classify"
)

// tells is how much a wording says of why no answer came.
type tells uint8

const (
	cause  tells = iota // what happened, in words or as the system's code
	alone               // the same, in a word that means it only where nothing else stands after a colon
	thrown              // the name of an exception, which several things can throw
	vague               // that a call failed on its way
)

// wording is what a program says where no answer came. Between words may stand a
// space, a line end, an underscore, a hyphen, a slash or an apostrophe, and the marks
// that the wording has; the one that it ends with has to follow. A star is a number,
// with its unit. An exclamation mark before a text says that no connection was opened, so
// that nothing was sent.
type wording struct {
	source string // whose words they are
	kind   classify.Failure
	tells  tells
	texts  []string
}

var wordings = []wording{
	// The caller gave up.
	{"Go, package context and net", classify.FailureCanceled, cause, []string{"context canceled", "context cancelled"}},
	{"WHATWG DOM and Fetch: abort in Chrome, Firefox, Safari, undici and node-fetch", classify.FailureCanceled, cause, []string{
		"the user aborted a request", "request was aborted: the request was canceled", "operation was aborted", "signal is aborted without reason", "fetch is aborted", "UND_ERR_ABORTED",
	}},
	{"axios, lib/cancel and lib/adapters/xhr.js", classify.FailureCanceled, cause, []string{"ERR_CANCELED", "CanceledError: canceled", "request aborted"}},
	{"OkHttp, RealCall", classify.FailureCanceled, cause, []string{"IOException: Canceled"}},
	{"browsers' network errors: Chromium net_error_list.h, Firefox nsError", classify.FailureCanceled, cause, []string{"net::ERR_ABORTED", "NS_BINDING_ABORTED"}},
	{"WHATWG DOM, axios, asyncio", classify.FailureCanceled, thrown, []string{"AbortError", "CanceledError", "CancelledError", "CancellationException", "JobCancellationException"}},
	{".NET, Go", classify.FailureCanceled, vague, []string{"operation was canceled", "operation was cancelled", "request canceled"}},

	// No trusted connection.
	{"OpenSSL, sslerr.txt and x509_txt.c; as Python, Node.js, Ruby and PHP print them", classify.FailureTLS, cause, []string{
		"certificate verify failed", "self signed certificate", "unable to get local issuer certificate", "unable to verify the first certificate",
		"certificate has expired", "certificate is not yet valid", "wrong version number", "alert handshake failure", "alert protocol version",
		"alert internal error", "alert unknown ca", "alert certificate", "no protocols available", "certificate is not trusted", "error setting certificate verify", "dh key too small", "EOF occurred in violation of protocol",
	}},
	{"Node.js, tls and its documentation of X509 error codes", classify.FailureTLS, cause, []string{
		"CERT_HAS_EXPIRED", "DEPTH_ZERO_SELF_SIGNED_CERT", "SELF_SIGNED_CERT_IN_CHAIN", "UNABLE_TO_VERIFY_LEAF_SIGNATURE", "UNABLE_TO_GET_ISSUER_CERT_LOCALLY",
		"ERR_TLS_CERT_ALTNAME_INVALID", "does not match certificate's altnames", "ERR_SSL_WRONG_VERSION_NUMBER", "write EPROTO",
	}},
	{"Go, crypto/tls and crypto/x509", classify.FailureTLS, cause, []string{
		"x509", "tls handshake", "tls: failed to verify certificate", "remote error: tls", "server gave HTTP response to HTTPS client",
	}},
	{"Java, JSSE", classify.FailureTLS, cause, []string{
		"PKIX path building failed", "unable to find valid certification path", "Received fatal alert", "Remote host terminated the handshake",
		"No subject alternative DNS name", "Trust anchor for certification path not found",
	}},
	{".NET, System.Net.Http and System.Net.Security", classify.FailureTLS, cause, []string{
		"remote certificate is invalid", "remote certificate was rejected",
		"could not establish trust relationship", "could not create SSL/TLS secure channel",
	}},
	{"curl, libcurl-errors(3)", classify.FailureTLS, cause, []string{
		"curl: (35)", "curl: (60)", "curl error 35", "curl error 60", "SSL certificate problem", "SSL connect error", "unable to establish SSL connection", "SSL_ERROR_SYSCALL",
		"SSL peer certificate or SSH remote key was not OK", "no alternative certificate subject name matches",
	}},
	{"rustls, OpenSSL for Ruby, PHP streams", classify.FailureTLS, cause, []string{"invalid peer certificate", "SSL_connect returned", "failed to enable crypto"}},
	{"Chromium, net_error_list.h and error pages", classify.FailureTLS, cause, []string{
		"ERR_CERT_AUTHORITY_INVALID", "ERR_CERT_DATE_INVALID", "ERR_CERT_COMMON_NAME_INVALID", "ERR_CERT_INVALID", "ERR_CERT_REVOKED", "ERR_BAD_SSL_CLIENT_AUTH_CERT", "ERR_SSL_PROTOCOL_ERROR", "ERR_SSL_VERSION_OR_CIPHER_MISMATCH",
		"your connection is not private", "your connection isn't private", "can't provide a secure connection",
	}},
	{"Firefox, NSS error codes and error pages", classify.FailureTLS, cause, []string{
		"SEC_ERROR_UNKNOWN_ISSUER", "SEC_ERROR_EXPIRED_CERTIFICATE", "SSL_ERROR_BAD_CERT_DOMAIN", "SSL_ERROR_NO_CYPHER_OVERLAP", "SSL_ERROR_RX_RECORD_TOO_LONG", "SSL_ERROR_UNSUPPORTED_VERSION",
		"MOZILLA_PKIX_ERROR_SELF_SIGNED_CERT", "potential security risk ahead", "secure connection failed",
	}},
	{"Apple, NSURLError.h and Safari", classify.FailureTLS, cause, []string{
		"an SSL error has occurred", "certificate for this server is invalid", "this connection is not private", "NSURLErrorDomain Code=-1200", "NSURLErrorDomain error -1200",
		"NSURLErrorDomain Code=-1202", "NSURLErrorDomain error -1202", "can't establish a secure connection",
	}},
	{"Java, Python, Ruby, aiohttp, Dart", classify.FailureTLS, thrown, []string{
		"HandshakeException", "SSLEOFError", "SSLHandshakeException", "SSLPeerUnverifiedException", "SSLException", "CertPathValidatorException", "CertificateExpiredException", "CertificateException", "SSLError", "SSLCertVerificationError",
		"ClientConnectorCertificateError", "ClientConnectorSSLError",
	}},
	{".NET, Android's Conscrypt", classify.FailureTLS, vague, []string{"SSL connection could not be established", "SSL handshake aborted", "SSL routines"}},
	{"NSS, GnuTLS, Windows Schannel, WinHTTP and WinINet, PHP streams", classify.FailureTLS, cause, []string{"certificate issuer is not recognized", "certificate has been marked as not trusted", "gnutls_handshake() failed", "TLS connection was non-properly terminated", "SEC_E_UNTRUSTED_ROOT", "SEC_E_CERT_EXPIRED", "SEC_E_WRONG_PRINCIPAL", "SEC_E_ILLEGAL_MESSAGE", "ERROR_WINHTTP_SECURE_FAILURE", "ERROR_INTERNET_INVALID_CA", "SSL operation failed with code"}},

	// The name of the host does not exist.
	{"getaddrinfo(3), gai_strerror of glibc, musl, macOS and Windows", classify.FailureDNS, cause, []string{
		"name or service not known", "name does not resolve", "nodename nor servname provided", "getaddrinfo failed", "no address associated with hostname",
		"EAI_NONAME", "EAI_NODATA", "WSAHOST_NOT_FOUND", "no such host is known", "[Errno -2]", "[Errno -5]", "[WinError 11001]",
	}},
	{"Go net, Node.js dns, resolvers", classify.FailureDNS, cause, []string{"no such host", "ENOTFOUND", "NXDOMAIN"}},
	{"curl, wget, Perl LWP", classify.FailureDNS, cause, []string{
		"could not resolve host", "couldn't resolve host", "curl: (6)", "curl error 6", "curl exit code 6", "curl failed with exit code 6", "curl returned 6", "CURLE_COULDNT_RESOLVE_HOST", "could not resolve proxy", "domain name not found", "unable to resolve host", "bad hostname",
	}},
	{".NET Framework, WebExceptionStatus.NameResolutionFailure", classify.FailureDNS, cause, []string{"remote name could not be resolved", "server name or address could not be resolved"}},
	{"Chromium, net_error_list.h and error pages", classify.FailureDNS, cause, []string{
		"ERR_NAME_NOT_RESOLVED", "DNS_PROBE_FINISHED_NXDOMAIN", "DNS_PROBE_POSSIBLE", "server IP address could not be found", "DNS address could not be found",
	}},
	{"Firefox, Safari", classify.FailureDNS, cause, []string{
		"NS_ERROR_UNKNOWN_HOST", "having trouble finding that site", "can't find the server", "server with the specified hostname could not be found",
		"NSURLErrorDomain Code=-1003", "NSURLErrorDomain error -1003",
	}},
	{"Java, java.net and java.nio", classify.FailureDNS, thrown, []string{"UnknownHostException", "UnresolvedAddressException"}},
	{"urllib3, aiohttp", classify.FailureDNS, thrown, []string{"failed to resolve", "NameResolutionError", "ClientConnectorDNSError"}},
	{"Dart, hyper, Google Apps Script", classify.FailureDNS, vague, []string{"failed host lookup", "failed to lookup address information", "dns error"}},
	{"Erlang inet, Boost.Asio, WinHTTP and WinINet", classify.FailureDNS, cause, []string{"non-existing domain", "host not found (authoritative)", "server name could not be resolved", "ERROR_WINHTTP_NAME_NOT_RESOLVED", "ERROR_INTERNET_NAME_NOT_RESOLVED"}},

	// Not in time.
	{"Go, context, net and net/http", classify.FailureTimeout, cause, []string{
		"context deadline exceeded", "i/o timeout", "tls handshake timeout", "ERR_TLS_HANDSHAKE_TIMEOUT", "keep-alive timed out", "timeout awaiting response headers", "Client.Timeout exceeded",
	}},
	{"connect(2), read(2): strerror of Unix and Windows", classify.FailureTimeout, cause, []string{
		"connection timed out", "operation timed out", "ETIMEDOUT", "ESOCKETTIMEDOUT", "WSAETIMEDOUT", "did not properly respond after a period of time",
		"semaphore timeout period has expired", "[Errno 110]", "[WinError 10060]",
	}},
	{"axios, got, node-fetch, Node.js net", classify.FailureTimeout, cause, []string{"timeout of * exceeded", "timeout awaiting", "network timeout at", "socket connection timeout"}},
	{"undici, docs/api/Errors.md", classify.FailureTimeout, cause, []string{
		"!UND_ERR_CONNECT_TIMEOUT", "UND_ERR_HEADERS_TIMEOUT", "UND_ERR_BODY_TIMEOUT", "!connect timeout error", "headers timeout error", "body timeout error",
	}},
	{"WHATWG DOM, AbortSignal.timeout", classify.FailureTimeout, cause, []string{"operation was aborted due to timeout", "aborted due to timeout", "signal timed out"}},
	{"Python, urllib, urllib3, requests, aiohttp", classify.FailureTimeout, cause, []string{
		"read timed out", "urlopen error timed out", "!connection timeout to host", "timeout on reading data from socket", "SSL shutdown timed out",
	}},
	{"gRPC for Java, CFNetwork", classify.FailureTimeout, cause, []string{"deadline exceeded after", "kCFErrorDomainCFNetwork error -1001", "kCFErrorDomainCFNetwork Code=-1001"}},
	{"Elixir, Mint, Finch and Req", classify.FailureTimeout, cause, []string{"TransportError{reason: :timeout", "TransportError) timeout"}},
	{"Java: java.net.http, JDK sockets, Ktor, Jetty", classify.FailureTimeout, cause, []string{"!connect timed out", "request timed out", "timeout has expired", "idle timeout"}},
	{".NET, HttpClient and HttpWebRequest", classify.FailureTimeout, cause, []string{"configured HttpClient.Timeout", "operation has timed out"}},
	{"Ruby timeout, tokio", classify.FailureTimeout, cause, []string{"execution expired", "timed out reading data from server", "deadline has elapsed"}},
	{"curl, libcurl-errors(3)", classify.FailureTimeout, cause, []string{
		"curl: (28)", "curl error 28", "curl exit code 28", "curl failed with exit code 28", "curl returned 28", "CURLE_OPERATION_TIMEDOUT", "timeout was reached", "resolving timed out", "SSL connection timeout", "operation too slow",
	}},
	{"Chromium, net_error_list.h and error pages", classify.FailureTimeout, cause, []string{"ERR_CONNECTION_TIMED_OUT", "ERR_TIMED_OUT", "took too long to respond"}},
	{"Firefox, Safari", classify.FailureTimeout, cause, []string{
		"NS_ERROR_NET_TIMEOUT", "connection has timed out", "taking too long to respond", "page is located isn't responding",
		"NSURLErrorDomain Code=-1001", "NSURLErrorDomain error -1001",
	}},
	{"OkHttp, Python socket, Erlang", classify.FailureTimeout, alone, []string{"timeout", "timed out"}},
	{"Java, Apache HttpClient, Python, httpx, requests, urllib3, aiohttp, Ruby, .NET, DOM", classify.FailureTimeout, thrown, []string{
		"SocketTimeoutException", "HttpTimeoutException", "!HttpConnectTimeoutException", "!ConnectTimeoutException", "TimeoutException",
		"!ConnectTimeout", "ReadTimeout", "WriteTimeout", "PoolTimeout", "OpenTimeout", "Timeout::Error", "ReadTimeoutError",
		"ServerTimeoutError", "ConnectionTimeoutError", "HttpRequestTimeoutException", "ReadTimeoutException", "SocketTimeoutError",
	}},
	{".NET Framework HttpClient, whose timeout cancels its task; gRPC, Dio", classify.FailureTimeout, vague, []string{"a task was canceled", "TaskCanceledException", "4 DEADLINE_EXCEEDED", "code = DeadlineExceeded", "DioException [connection timeout]"}},
	{"WinHTTP and WinINet", classify.FailureTimeout, cause, []string{"ERROR_WINHTTP_TIMEOUT", "ERROR_INTERNET_TIMEOUT"}},
	{"kotlinx.coroutines, Reactor, Akka", classify.FailureTimeout, thrown, []string{"TimeoutCancellationException", "TcpIdleTimeoutException"}},

	// Refused, reset or closed, or a resolver that is down.
	{"connect(2), send(2): strerror of Unix", classify.FailureConnection, cause, []string{
		"!connection refused", "connection reset", "connection aborted", "broken pipe", "!no route to host", "!network is unreachable", "!host is down",
		"!ECONNREFUSED", "ECONNRESET", "EPIPE", "!EHOSTUNREACH", "!ENETUNREACH", "!ENETDOWN", "![Errno 101]", "[Errno 104]", "![Errno 111]", "![Errno 113]",
	}},
	{"Windows Sockets error codes", classify.FailureConnection, cause, []string{
		"!actively refused it", "forcibly closed by the remote host", "connection was aborted by the software", "WSAECONNRESET", "!WSAECONNREFUSED", "[WinError 10053]", "[WinError 10054]", "![WinError 10061]", "!refused the network connection",
	}},
	{"getaddrinfo(3): resolvers that are down", classify.FailureConnection, cause, []string{
		"!temporary failure in name resolution", "!EAI_AGAIN", "![Errno -3]", "!temporary failure resolving", "resource temporarily unavailable", "EAI_FAIL", "server misbehaving", "SERVFAIL",
	}},
	{"Go, net, net/http and crypto/tls", classify.FailureConnection, cause, []string{
		"bad record MAC", "remote error: tls: bad record MAC", "stream error", "unexpected EOF", "server closed idle connection", "use of closed network connection",
		"client connection lost", "client connection force closed", "server sent GOAWAY", "Transport received GOAWAY", "GOAWAY received", "receiving a GOAWAY", "transport connection broken",
	}},
	{"Node.js http, stream and tls; undici", classify.FailureConnection, cause, []string{
		"socket hang up", "premature close", "stream has been aborted", "Parse Error: Expected HTTP", "ERR_HTTP2_STREAM_ERROR", "Error: aborted", "TypeError: terminated", "other side closed", "UND_ERR_SOCKET",
		"socket disconnected before secure TLS connection was established",
	}},
	{"Python http.client, aiohttp, httpx", classify.FailureConnection, cause, []string{"remote end closed connection", "server disconnected", "cannot connect to host", "response payload is not completed"}},
	{"Java, OkHttp, Apache HttpClient", classify.FailureConnection, cause, []string{"unexpected end of stream", "header parser received no bytes", "unexpected end of file from server", "stream was reset", "peer shut down incorrectly", "connection or inbound has closed",
		"connection prematurely closed", "closed the connection unexpectedly",
	}},
	{".NET, HttpClient and HttpWebRequest", classify.FailureConnection, cause, []string{
		"underlying connection was closed", "connection with the server could not be established", "unable to connect to the remote server", "unable to read data from the transport connection",
		"unable to write data to the transport connection", "server closed the connection", "response ended prematurely", "unexpected EOF or 0 bytes",
	}},
	{"hyper, gRPC for Java, CFNetwork", classify.FailureConnection, cause, []string{"connection closed\"", "UNAVAILABLE: io exception", "kCFErrorDomainCFNetwork error -1004", "kCFErrorDomainCFNetwork error -1005", "kCFErrorDomainCFNetwork error -1009"}},
	{"curl and its proxies, Boost.Asio, WinHTTP and WinINet", classify.FailureConnection, cause, []string{"proxy CONNECT aborted", "can't complete SOCKS4 connection", "can't complete SOCKS5 connection", "from proxy after CONNECT", "host not found (non-authoritative)", "ERROR_WINHTTP_CANNOT_CONNECT", "ERROR_INTERNET_CANNOT_CONNECT", "ERROR_WINHTTP_CONNECTION_ABORTED", "ERROR_INTERNET_CONNECTION_ABORTED", "ERROR_WINHTTP_CONNECTION_RESET", "ERROR_INTERNET_CONNECTION_RESET", "ERROR_WINHTTP_CONNECTION_ERROR"}},
	{"Elixir, Mint, Finch and Req", classify.FailureConnection, cause, []string{"TransportError{reason: :closed", "TransportError) socket closed"}},
	{"Proxies, as requests, .NET and curl say it", classify.FailureConnection, cause, []string{"tunnel connection failed", "proxy tunnel request", "connect tunnel failed", "unable to connect to proxy"}},
	{"Google Apps Script, ureq", classify.FailureConnection, cause, []string{"address unavailable:", "io: peer disconnected"}},
	{"Ruby, hyper, Dart, Bun", classify.FailureConnection, cause, []string{"end of file reached", "connection closed before", "connection closed by", "connection broken", "too many connection resets", "connection terminated during handshake", "is the computer able to access the url"}},
	{"curl, libcurl-errors(3)", classify.FailureConnection, cause, []string{
		"!curl: (7)", "!curl error 7", "!curl exit code 7", "!curl failed with exit code 7", "!curl returned 7", "!CURLE_COULDNT_CONNECT", "curl: (16)", "curl: (52)", "curl error 52", "curl: (55)", "curl error 55", "curl: (56)", "curl error 56", "curl: (92)", "curl error 92",
		"!couldn't connect to server", "!could not connect to server", "empty reply from server", "recv failure", "send failure", "transfer closed with",
		"was not closed cleanly",
	}},
	{"Chromium, net_error_list.h and error pages", classify.FailureConnection, cause, []string{
		"!ERR_CONNECTION_REFUSED", "ERR_CONNECTION_RESET", "ERR_CONNECTION_CLOSED", "ERR_CONNECTION_ABORTED", "ERR_CONNECTION_FAILED", "ERR_EMPTY_RESPONSE",
		"!ERR_INTERNET_DISCONNECTED", "ERR_NETWORK_CHANGED", "ERR_NETWORK_IO_SUSPENDED", "!ERR_ADDRESS_UNREACHABLE", "ERR_HTTP2_PROTOCOL_ERROR", "ERR_HTTP2_PING_FAILED", "ERR_QUIC_PROTOCOL_ERROR",
		"ERR_PROXY_CONNECTION_FAILED", "ERR_TUNNEL_CONNECTION_FAILED", "DNS_PROBE_FINISHED_NO_INTERNET", "ERR_SOCKET_NOT_CONNECTED", "ERR_INCOMPLETE_CHUNKED_ENCODING", "ERR_CONTENT_LENGTH_MISMATCH",
		"refused to connect", "unexpectedly closed the connection", "didn't send any data", "connection was reset", "connection to the server was reset", "connection was closed", "connection was interrupted", "connection was aborted",
	}},
	{"Firefox, Safari, Apple NSURLError.h", classify.FailureConnection, cause, []string{
		"!NS_ERROR_CONNECTION_REFUSED", "NS_ERROR_NET_RESET", "NS_ERROR_NET_INTERRUPT", "NS_ERROR_OFFLINE", "PR_CONNECT_RESET_ERROR", "PR_END_OF_FILE_ERROR",
		"can't establish a connection to the server", "can't connect to the server", "could not connect to the server", "dropped the connection",
		"network connection was lost", "internet connection appears to be offline",
		"NSURLErrorDomain Code=-1004", "NSURLErrorDomain error -1004", "NSURLErrorDomain Code=-1005", "NSURLErrorDomain error -1005",
		"NSURLErrorDomain Code=-1009", "NSURLErrorDomain error -1009",
	}},
	{"Go, io.EOF", classify.FailureConnection, alone, []string{"EOF"}},
	{"Python, requests, httpx, aiohttp, Java, Ruby, undici", classify.FailureConnection, thrown, []string{
		"ConnectionError", "ConnectionResetError", "!ConnectionRefusedError", "ConnectionAbortedError", "BrokenPipeError", "!NewConnectionError", "RemoteDisconnected",
		"ChunkedEncodingError", "IncompleteRead", "ConnectError", "ReadError", "RemoteProtocolError", "ClientConnectorError", "ClientOSError", "ServerDisconnectedError",
		"ConnectException", "SocketException", "NoHttpResponseException", "!HttpHostConnectException", "SocketError", "EOFError", "EOFException", "ClosedChannelException", "ProtocolError", "ECONNABORTED", "ConnectionFailed", "ClientConnectionError", "ClientPayloadError", "NoConnectionError", "ConnectionShutdownException", "ResourceAccessException",
	}},
	{"fetch in Chrome, Firefox, Safari and undici, axios, React Native", classify.FailureConnection, vague, []string{
		"failed to fetch", "fetch failed", "TypeError: Load failed", "NetworkError when attempting to fetch resource", "Error: Network Error", "AxiosError: Network Error", "ERR_NETWORK",
		"network request failed", "net::ERR_FAILED",
	}},
	{"urllib3, curl, Ruby, reqwest, hyper, .NET, browsers", classify.FailureConnection, vague, []string{
		"max retries exceeded with url", "!failed to establish a new connection", "failed to connect to", "!failed to open TCP connection", "error sending request",
		"tcp connect error", "an error occurred while sending the request", "site can't be reached", "can't reach this page", "no internet connection", "no internet. Try",
	}},
}

// phrase is a text of a wording, ready to be found.
type phrase struct {
	kind   classify.Failure
	tells  tells
	unsent bool
	start  string // its text up to its star, whose marks may stand between its words
	rest   string // the squashed words after its star
	trail  string // the mark that it ends with
}

// failurePhrases are the texts of the wordings, squashed up to their star.
var failurePhrases = sync.OnceValue(func() *lexicon[phrase] {
	own := newLexicon[phrase](ofWordings)
	own.grow(8 * len(wordings))
	for _, w := range wordings {
		for _, text := range w.texts {
			start, rest, unsent := cutWording(text)
			own.add(squash(start), phrase{w.kind, w.tells, unsent, start, squash(rest), strings.TrimLeftFunc(text[len(text)-1:], isLetter)})
		}
	}
	own.sort()
	return own
})

// fileWordings files what wordings start with. Most texts hold none, so the lexicon of
// them waits for one that may.
func (s *starts) fileWordings() {
	for _, w := range wordings {
		for _, text := range w.texts {
			start, _, _ := cutWording(text)
			s.add(squash(start), ofWordings)
		}
	}
}

// cutWording returns the texts of a wording before and after its star, and whether it
// says that nothing was sent.
func cutWording(text string) (start, rest string, unsent bool) {
	text, unsent = strings.CutPrefix(text, "!")
	start, rest, _ = strings.Cut(text, "*")
	return start, rest, unsent
}
