"""Reply: what the sender is told."""
