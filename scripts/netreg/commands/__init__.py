"""Commands: one verb a module, each with ``run(args) -> exit code``."""
