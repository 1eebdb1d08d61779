"""Core: what knows no field of an entry: text, trees, dates, addresses, findings, Git."""
