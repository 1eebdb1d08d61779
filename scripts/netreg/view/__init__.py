"""View: an entry as a reader sees it, on a page or at a prompt: its facts in words, and its sources numbered."""
