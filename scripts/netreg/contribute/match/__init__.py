"""Match: which entry a request is about, and which entries it may repeat."""
