// Package errkbmcp answers an assistant's questions about an error catalog: a server of the
// Model Context Protocol. An assistant that sees an error asks the catalog instead of guessing.
//
// It runs the command gen and hands on what that prints: its JSON as structured content,
// and its text for people. The command and the spec are given at the start, and nothing that
// an assistant sends changes them or names a file.
//
// [New] makes the server, and [Server.Run] answers a client. cmd/errkbmcp does both, on
// standard input and output.
package errkbmcp
