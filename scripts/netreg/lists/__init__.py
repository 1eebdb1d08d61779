"""Lists: the project's own data beside the entries, one reader and one path each."""
