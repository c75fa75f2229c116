"""Every picture of `pj.plots` on made-up figures, and the reference copies of them.

`python -m tests.tools.pictures` draws the references anew: look at each before you keep it.
"""

from collections.abc import Callable
from contextlib import AbstractContextManager
from math import nan
from pathlib import Path
from typing import Any

import numpy as np

import pyjustice as pj

GOLDEN = Path(__file__).resolve().parents[1] / "golden" / "plots"
# So few that a picture takes about 10 kB; so many that a word of it can be read.
DOTS_AN_INCH = 50
GROUPS = ["Asian", "Black", "Mixed", "White", "Other"]
COUNTS = {"2.1/1": (19, 19), "2.1/2": (13, 19), "2.2/1": (19, 19), "2.2/2": (16, 19),
          "2.3/1": (19, 19), "2.3/2": (11, 19)}  # fmt: skip
VICTIMS = {"V1": "Requires improvement"}


def plain() -> AbstractContextManager[None]:
    """Matplotlib as it comes, without a screen, in the font that it brings."""
    import matplotlib as mpl
    from matplotlib import style

    mpl.use("Agg")
    return style.context(["default", {"font.family": "DejaVu Sans", "text.hinting": "none"}])


def rated_reports() -> Any:
    folder = Path(pj.__file__).parent / "data" / "demo"
    return pj.read_reports(sorted(folder.glob("*2024.txt")))


def history_rows() -> Any:
    """Two inspections of one framework, one before and one after of others, and a doubtful one."""
    rows = np.zeros(5, pj.HISTORY_DTYPE)
    rows["service"] = "Anytown"
    rows["framework"] = ["fji-2012", "yos-2018", "yjs-2021", "yjs-2021", "iyjs-2025"]
    rows["year"] = [2014, 2019, 2021, 2024, 2026]
    rows["published"] = ["NaT", "2019-03-01", "2021-10-01", "2024-06-01", "NaT"]
    rows["published_precision"] = [0, 2, 3, 2, 0]
    rows["overall"] = [-1, 0, 1, 2, 2]
    rows["overall_word"] = ["", "Inadequate", "Requires improvement", "Good", "Good"]
    rows["score"], rows["max_score"] = [-1, 5, 14, 25, -1], [-1, 36, 36, 36, -1]
    rows["flag"] = ["first known", "not comparable", "not comparable", "", "not comparable"]
    rows["doubt"] = ["", "", "", "", "year not printed"]
    return rows


def disputed_rows() -> Any:
    """Sources that contradict each other about one inspection, in rating or only in score."""
    rows = history_rows()[[2, 3, 3, 3]]
    rows["year"][1:], rows["published"][1:] = 2024, "NaT"
    rows["published_precision"][1:] = 1
    rows["overall"], rows["score"] = [1, 2, 2, 0], [14, 22, 25, 6]
    rows["overall_word"] = ["Requires improvement", "Good", "Good", "Inadequate"]
    rows["flag"][1:], rows["doubt"][1:] = "sources conflict", "sources conflict"
    return rows


def many_ratings(services: int = 150) -> Any:
    """As many services as there are, of 13 standards, some not rated or not found."""
    standards = pj.framework("yjs-2021").standards
    rows = np.zeros((services, len(standards)), pj.RATED_STANDARD_DTYPE)
    service, standard = np.indices(rows.shape)
    rows["service"] = pj.published("children")["area"][:services, None]
    rows["framework"] = "yjs-2021"
    rows["standard"] = [one.code for one in standards]
    rows["title"] = [one.title for one in standards]
    mixed = (service * 7 + standard * 5 + service * standard // 3) % 23
    rows["rating"] = np.where(mixed < 2, mixed - 2, mixed % 4)
    words = ["", "Not rated", "Inadequate", "Requires improvement", "Good", "Outstanding"]
    rows["word"] = np.array(words)[rows["rating"] + 2]
    return rows.reshape(-1)


def chart_rows() -> Any:
    values = [18, 22, 19, 25, 17, 21, nan, 23, 20, 41, 18, 22, 24, 19, 21, 20,
              9, 12, 10, 8, 11, 13, 9, 10]  # fmt: skip
    labels = [f"{2019 + i // 4} Q{i % 4 + 1}" for i in range(len(values))]
    return pj.control_chart(values, kind="c", labels=labels, breaks=["2023 Q1"])


def areas_of(year: str = "2021/22") -> Any:
    rows = pj.published("children")
    return rows[rows["period"] == year]


def real_funnel(adjust: str | None = None, year: str = "2021/22") -> Any:
    """All services; without an adjustment most are outside."""
    own = areas_of(year)
    return pj.funnel(own["count"], own["population"], names=own["area"], per=1000, adjust=adjust)


def real_change() -> Any:
    before, after = areas_of("2020/21"), areas_of("2021/22")
    return pj.change(before["count"], after["count"], population_before=before["population"],
                     population_after=after["population"], names=after["area"])  # fmt: skip


def rate_rows() -> Any:
    """One without a count, one whose interval goes on far beyond the others."""
    return pj.rates([48, 135, nan, 1, 0], [21470, 26428, 900, 60, 1200], per=1000,
                    names=["Westminster", "Derby", "Not known", "Scilly", "Rutland"])  # fmt: skip


YEARS = [f"20{y}/{y + 1}" for y in range(12, 22)]
ENTRANTS = [135, 128, 119, nan, 140, 101, 96, 88, 97, 80]
CHILDREN = [26428 + 90 * i for i in range(len(YEARS))]


def rates_over_time() -> Any:
    return pj.rates(ENTRANTS, CHILDREN, per=1000, names=YEARS)


def trend_rows(method: str = "log-linear") -> Any:
    return pj.trend(ENTRANTS, CHILDREN, YEARS, method=method)


def funnel_rows() -> Any:
    population = np.array([2000 + 1300 * i for i in range(24)])
    count = np.round(population * 0.0015 * (1 + 0.2 * np.sin(np.arange(24) * 2.4)))
    count[5], count[12], count[13] = 32, 51, 9
    names = [f"Area {chr(65 + i)}" for i in range(24)]
    return pj.funnel(count, population, names=names, per=1000)


def disparity_rows() -> Any:
    return pj.disparity([12, 30, nan, 200, 0], [90, 110, 80, 1500, 12], GROUPS,
                        reference="White", kind="proportion",
                        events_upper=[nan, nan, 5, nan, nan])  # fmt: skip


def change_rows() -> Any:
    return pj.change([48, 20, 5, 100, 0], [32, 22, 0, 60, 3], population_before=[21470] * 5,
                     population_after=[21500] * 5, names=list("ABCDE"))  # fmt: skip


def pathway_rows() -> Any:
    stages = {"population": [4000, 3000, 30000], "arrested": [90, 100, 400],
              "charged": [60, nan, 200], "in custody": [12, 0, 20]}  # fmt: skip
    return pj.pathway(stages, ["Black", "Mixed", "White"], reference="White", unit="children")


def share_rows() -> Any:
    return pj.overrepresentation([40, 50, 7, 3], [18, 72, nan, nan], population="10-17", n=100,
                                 groups=["Black", "White", "Mixed", "Not known"])  # fmt: skip


def printed_shares() -> Any:
    """Shares that two reports print in words of their own."""
    rows = np.repeat(share_rows()[:1], 3)
    for field in ("caseload_share", "population_share", "caseload_share_lower",
                  "caseload_share_upper", "ratio", "ratio_lower", "ratio_upper", "n"):  # fmt: skip
        rows[field] = nan
    rows["caseload_share"][[0, 2]], rows["population_share"][1] = [41, 79], 63.7
    rows["group"] = [
        "identifying as Black or Black British Caribbean",
        "of children in the area",
        "of the caseload were from a Black, Asian or minority ethnic background",
    ]
    rows["service"], rows["report"] = ["Anytown", "Anytown", "Otherton"], [0, 0, 1]
    rows["as_of"] = ["At the time of the inspection", "", ""]
    rows["population"], rows["flag"] = "", "no denominator"
    return rows


def safe_table() -> Any:
    return pj.suppress([[12, 3, 20], [9, 14, 8], [30, 2, 6]], below=5,
                       rows=["Anytown", "Otherton", "Thirdham"],
                       columns=["Asian", "Black", "White"])  # fmt: skip


def band_rows(eligible: int | None = 45) -> Any:
    return pj.confidence(COUNTS, "iyjwcv-2025", eligible=eligible, qualitative=VICTIMS)


PICTURES: dict[str, Callable[[], Any]] = {
    "ratings": lambda: pj.plots.ratings(rated_reports(), source="published reports"),
    "bands": lambda: pj.plots.bands(band_rows(), source="made-up figures"),
    "bands_unknown": lambda: pj.plots.bands(band_rows(None)[:4]),
    "history": lambda: pj.plots.history(history_rows(), source="made-up figures"),
    "history_disputed": lambda: pj.plots.history(disputed_rows()),
    "ratings_many": lambda: pj.plots.ratings(many_ratings(), sort="rating", most=14, page=3),
    "control_chart": lambda: pj.plots.control_chart(chart_rows(), measure="Children who entered"),
    "funnel": lambda: pj.plots.funnel(funnel_rows(), measure="First-time entrants"),
    "funnel_many": lambda: pj.plots.funnel(real_funnel(), measure="Children with an outcome"),
    "forest": lambda: pj.plots.forest(disparity_rows(), source="made-up figures"),
    "forest_change": lambda: pj.plots.forest(change_rows(), title="Entrants, 2024 against 2019"),
    "forest_many": lambda: pj.plots.forest(real_change(), source="Youth Justice Statistics"),
    "pathway": lambda: pj.plots.pathway(pathway_rows()),
    "overrepresentation": lambda: pj.plots.overrepresentation(share_rows()),
    "overrepresentation_printed": lambda: pj.plots.overrepresentation(printed_shares()),
    "rates": lambda: pj.plots.rates(rate_rows(), measure="Children cautioned or sentenced"),
    "rates_trend": lambda: pj.plots.rates(rates_over_time(), trend=trend_rows(),
                                          measure="First-time entrants"),
    "suppressed": lambda: pj.plots.suppressed(safe_table()),
}  # fmt: skip


def draw(name: str, path: Path, dots: int = DOTS_AN_INCH) -> None:
    """Draw in shades of grey, which is smaller, and what a print shows."""
    from matplotlib import pyplot as plt
    from PIL import Image
    from PIL.PngImagePlugin import PngInfo

    with plain():
        figure = PICTURES[name]().figure
        figure.savefig(path, dpi=dots)
        plt.close(figure)
    with Image.open(path) as picture:
        few = picture.convert("L").quantize(16)
    drawn_by = PngInfo()
    drawn_by.add_text("Software", version())
    few.save(path, optimize=True, pnginfo=drawn_by)


def version() -> str:
    """Matplotlib's, without the part that only mends: others set letters otherwise."""
    import matplotlib as mpl

    return ".".join(mpl.__version__.split(".")[:2])


if __name__ == "__main__":
    GOLDEN.mkdir(parents=True, exist_ok=True)
    for name in PICTURES:
        draw(name, GOLDEN / f"{name}.png")
        print(GOLDEN / f"{name}.png")
