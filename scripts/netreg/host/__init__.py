"""The code host: the one room that knows GitHub, its events, its limits and its program ``gh``."""
