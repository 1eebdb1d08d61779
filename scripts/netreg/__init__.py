"""The registry of European police-cooperation networks: load, check, publish."""

__version__ = "0.1.0"
