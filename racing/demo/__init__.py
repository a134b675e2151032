"""The demonstration: real, sourced facts, loaded as of a day. See README.md."""
