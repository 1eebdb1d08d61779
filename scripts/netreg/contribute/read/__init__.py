"""Read: the answers in the words of a request or a mail."""
