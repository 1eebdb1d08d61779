"""Edit: the change that a request makes in the text of an entry."""
