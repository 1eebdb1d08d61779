"""Ask: what the forms ask, and the forms as files."""
