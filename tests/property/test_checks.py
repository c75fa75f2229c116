"""Generated inspections follow their rules: a check finds what the generator moved and no more."""

import pyjustice as pj
from tests.tools.reportmaker import make
from tests.tools.reportmaker.trial import draw_kind

SEEDS = range(3000, 3100)


def test_only_what_a_panel_moved_departs_from_the_figures() -> None:
    moved = 0
    for seed in SEEDS:
        made = make(seed, kind=draw_kind(seed))
        checks = pj.read_report(made.text).check()
        assert not (checks["result"] == 0).any(), (seed, checks[checks["result"] == 0])
        discretion = checks[checks["reason"] == "within discretion"]
        assert discretion["item"].tolist() == ([made.truth.moved] if made.truth.moved else []), seed
        moved += len(discretion)
    assert moved > 3
