"""1,000 random tables attacked by an outsider, and the cost of the choices beside the fewest."""

import numpy as np

import pyjustice as pj
from tests.tools.outsider import drawn_table, excluded
from tests.tools.suppression import drawn_options, fewest


def test_an_outsider_excludes_no_value_of_a_small_count_in_1000_tables() -> None:
    failed = []
    for seed in range(10_000, 11_000):
        random = np.random.default_rng(seed)
        if excluded(pj.suppress(drawn_table(random), **drawn_options(random))):
            failed.append(seed)
    assert failed == []


def test_no_more_is_hidden_than_by_trying_every_choice_up_to_4_by_4() -> None:
    more: dict[bool, list[int]] = {True: [], False: []}
    hidden = []
    for seed in range(20_000, 20_100):
        random = np.random.default_rng(seed)
        table = random.negative_binomial(1, 0.08, random.integers(2, 5, 2))
        best = fewest(table, 5)
        hidden.append(best)
        for exact, found in more.items():
            safe = pj.suppress(table, below=5, all_in_one="show", exact=exact)
            assert not exact or safe.method == "exact", seed
            found.append(safe.count("secondary") - best)
    print(
        f"{np.mean(hidden):.2f} hidden besides at least; exact {np.mean(more[True]):.3f} more,"
        f" heuristic {np.mean(more[False]):.3f} more, {max(more[False])} at most"
    )
    assert set(more[True]) == {0}
    assert min(more[False]) >= 0
    assert max(more[False]) <= 3
    assert np.mean(more[False]) <= 0.5
