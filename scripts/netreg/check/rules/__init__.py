"""The rules, one family a module. A rule is one decorated function and its folder in ``tests/cases``."""
