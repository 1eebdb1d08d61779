"""Terminal: what commands show to people as text, fitted to the width of their screen."""
