"""`python -m pyjustice` is the command line."""

import sys

from pyjustice.looks.cli import main

if __name__ == "__main__":
    sys.exit(main())
