"""Site: pages as plain values, and a thin adapter that hands them to MkDocs."""
