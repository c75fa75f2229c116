"""Made-up case files with a disparity put into one stage."""

from collections.abc import Mapping

import numpy as np

__all__ = ["STAGES", "planted_file"]

STAGES = ("Charged", "Remanded", "In custody")
# How often a White child with the least serious offence goes on to each stage, and how much more
# often with each degree of seriousness.
_CHANCES = (0.30, 0.20, 0.15)
_RISE = 1.4
# Black children are recorded for more serious offences: crude and like for like are different.
_SERIOUS = {"White": (0.5, 0.3, 0.2), "Black": (0.2, 0.3, 0.5), "Asian": (0.4, 0.4, 0.2)}


def planted_file(
    ratios: Mapping[tuple[str, str], float], *, children: int, seed: int, cases_each: int = 1
) -> str:
    """Make a file of cases, CSV with a row a case.

    Parameters
    ----------
    ratios : mapping of (group, stage) to float
        How many times as often as a White child's a case goes on to the stage; others 1.
    children, seed : int
    cases_each : int
        Most cases of one child; whether a case goes on depends on the child too if above 1.
    """
    random = np.random.default_rng(seed)
    names = np.array(list(_SERIOUS))
    many = random.integers(1, cases_each + 1, children)
    child = np.repeat(np.arange(children), many)
    group = np.repeat(random.choice(3, children, p=(0.55, 0.30, 0.15)), many)
    luck = random.uniform(0.4, 1.6, children) if cases_each > 1 else np.ones(children)
    edges = np.cumsum(list(_SERIOUS.values()), axis=1)[group]
    serious = (random.random((len(child), 1)) > edges[:, :2]).sum(1)
    columns, on = [], np.ones(len(child), bool)
    for stage, chance in zip(STAGES, _CHANCES, strict=True):
        more = np.array([ratios.get((str(name), stage), 1.0) for name in names])[group]
        on = on & (random.random(len(child)) < chance * _RISE**serious * more * luck[child])
        columns.append(np.where(on, "Yes", "No").tolist())
    columns.append(np.where(random.random(len(child)) < 0.7, "Yes", "No").tolist())
    rows = zip(child.tolist(), names[group].tolist(), (serious + 1).tolist(), *columns, strict=True)
    lines = ["Case,Service,Ethnicity,Seriousness,Charged,Remanded,In custody,2.1/1\n"]
    lines += [f"C{own},Anytown,{','.join(map(str, row))}\n" for own, *row in rows]
    return "".join(lines)
