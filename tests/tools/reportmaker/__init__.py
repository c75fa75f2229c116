"""Random youth inspection documents with their truth, laid out as extraction leaves such documents.

`make(seed)` draws a report of any framework in any form; `make_news` and `make_other` draw releases
and documents of other inspections; `write_pdf` and `write_html` make real files. All is decided by
the seed, and nothing here knows how the package reads.
"""

from .compare import compare
from .html import write_html
from .maker import make, make_news, make_other
from .pdf import write_pdf
from .truth import Made, Truth

__all__ = ["Made", "Truth", "compare", "make", "make_news", "make_other", "write_html", "write_pdf"]
