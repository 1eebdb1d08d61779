"""Start the command line, as `python -m netreg` or from a bare checkout as `python scripts/netreg`."""

import sys
from pathlib import Path

if not __package__:
    # Run as a directory, Python searches inside the package, where `netreg` itself cannot be found.
    sys.path[0] = str(Path(__file__).resolve().parent.parent)

from netreg.cli import main

if __name__ == "__main__":
    raise SystemExit(main())
