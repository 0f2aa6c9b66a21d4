// Package fleet tests the SQL that gen sql writes in the engines that it is written for:
// of each row they have to say what package classify says, or that they can't say it.
package fleet
