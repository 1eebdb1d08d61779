"""Entry: the one reading of an entry, whatever is wrong with it."""
