"""Review: from two revisions of the registry to what changed in meaning, and to what a reviewer should look at."""
