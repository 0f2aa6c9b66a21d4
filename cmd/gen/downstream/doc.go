// Package downstream holds the tests that run the go command and Python. In modules
// like a user's, they generate with the command as a tool, build and run what it
// makes, and import the generated packages; Python imports its modules. It is a
// separate module, so that the tests of the main one start no other program.
package downstream
