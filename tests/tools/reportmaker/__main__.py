"""Print one document: `python -m tests.tools.reportmaker SEED [report|news|other]`."""

import sys

from . import make

made = make(int(sys.argv[1]), kind=sys.argv[2] if len(sys.argv) > 2 else "report")
sys.stdout.write(made.text)
print("\n" + "=" * 72, made.recipe, made.truth, sep="\n", file=sys.stderr)
