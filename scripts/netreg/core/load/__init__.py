"""Load: from bytes that anybody may have sent to a tree of nodes with exact positions."""

from netreg.core.load.document import Document, Problem, read_document, read_folder
from netreg.core.load.node import Node

__all__ = ["Document", "Node", "Problem", "read_document", "read_folder"]
