"""Export: the registry as data files, byte for byte the same for the same entries."""
