"""One line for each result of a comparison of groups, in words that do not say too much."""

from __future__ import annotations

import math
from typing import Any

from pyjustice.ground.groups import UNKNOWN
from pyjustice.measures.comparison import WHOLE, conclusion
from pyjustice.measures.flags import Flag
from pyjustice.questions.words import among, small_numbers

__all__ = ["adjusted_words", "disparity_words", "pathway_words", "share_words"]

# Events at parity below which `disparity` takes them for too few, unless it is told another number.
_FEW_EXPECTED = 5
_FEW = "too few children to say more"
_FEW_TO_BE_CLEAR = "too few children to call it clear evidence"
_TOGETHER = {WHOLE: "all groups together", "rest": "all other groups together"}


def disparity_words(row: Any) -> str:
    """Say a row of DISPARITY_DTYPE.

    Counts, rates, ratio with interval and reference, whether there is clear evidence once all
    comparisons are counted, and a warning where numbers are small.
    """
    return _compared(row)


def pathway_words(row: Any) -> str:
    """Say a row of PATHWAY_DTYPE."""
    before = str(row["before"])
    place = (
        f"{row['stage']}, of {'the population' if before == 'population' else f'those {before}'}"
    )
    if row["step"] == "cumulative":
        place += " (over all stages between)"
    return f"{place[0].upper()}{place[1:]}: {_compared(row)}"


def adjusted_words(row: Any) -> str:
    """Say a row of ADJUSTED_DTYPE: crude, like for like, and by bootstrap."""
    said = _compared(row)
    if row["outcome"]:
        said = f"{row['outcome']}: {said}"
    if row["adjusted_method"] and not row["strata_used"]:
        said += "; not compared like for like, for no stratum has children of both"
    elif row["adjusted_method"]:
        evidence = _evidence(
            row["adjusted_p"], row["adjusted_q"], row["adjusted_ratio_lower"],
            row["adjusted_ratio_upper"], row,
        )  # fmt: skip
        said += (
            f"; like for like in {row['strata_used']:,} of {row['strata']:,} strata:"
            f" {_ratio(row, 'adjusted_ratio')}, {evidence}"
        )
    if not math.isnan(row["bootstrap_lower"]):
        limits = f"{_number(row['bootstrap_lower'])} to {_number(row['bootstrap_upper'])}"
        said += f"; drawing children anew: {limits}"
    if row["left_out"]:
        said += (
            f"; cases of the group left out, where the outcome is not known or does not apply:"
            f" {row['left_out']:,}"
        )
    return said


def share_words(row: Any) -> str:
    """Say a row of SHARE_DTYPE; the unknown share is always told."""
    if row["start"] >= 0:
        return _printed(row)
    said = f"{row['group']}: {row['caseload_share']:g} % of the caseload"
    if not math.isnan(row["n"]):
        limits = f"{row['caseload_share_lower']:.1f} to {row['caseload_share_upper']:.1f} %"
        said += f" of {row['n']:,.0f} children ({_level(row)} interval {limits})"
    if not math.isnan(row["population_share"]):
        said += f", {row['population_share']:g} % of the population aged {row['population']}"
    if math.isnan(row["ratio"]):
        said += f"; no ratio, {_why_no_ratio(row)}"
    else:
        said += f"; {_ratio(row, 'ratio', 'share')}; "
        said += _evidence(row["p"], row["q"], row["ratio_lower"], row["ratio_upper"], row)
        said += small_numbers(round(row["n"] * row["caseload_share"] / 100))
    unknown = row["unknown_share"]
    said += "; ethnicity unknown: " + ("not given" if math.isnan(unknown) else f"{unknown:g} %")
    return said


def _why_no_ratio(row: Any) -> str:
    if math.isnan(row["n"]):
        return "since the number of children behind the share is not given"
    if row["flag"] == Flag.NO_COUNT_FITS:
        return "since no whole number of these children gives the share"
    return "since no share of the population is given"


def _printed(row: Any) -> str:
    of_area = math.isnan(row["caseload_share"])
    share = row["population_share"] if of_area else row["caseload_share"]
    when = f" ({row['as_of']})" if row["as_of"] else " (date not given)"
    return (
        f"{row['service']}, as printed, line {row['line']}: {share:g} % {row['group']}{when};"
        " not compared, since neither the number of children nor a like population is given with it"
    )


def _compared(row: Any) -> str:
    own = f"{row['group']}: {_counted(row['events'], row['base'], row['rate'], row)}"
    flag = str(row["flag"])
    if flag == Flag.SUPPRESSED and math.isnan(row["ratio_lower"]):
        # A safe copy, in which a comparison is left out together with the counts it rests on.
        return f"{own}; not compared, figures are withheld so that no child is identified"
    if flag in (
        Flag.REFERENCE,
        Flag.UNKNOWN_GROUP,
        Flag.NO_GROUP,
        Flag.NO_DENOMINATOR,
        Flag.ZERO_BASE,
    ):
        why = {
            Flag.REFERENCE: "the reference",
            Flag.NO_DENOMINATOR: "not compared, there is no denominator",
            Flag.ZERO_BASE: "not compared, a base is zero",
        }
        return f"{own}; {why.get(Flag(flag), f'not compared, {UNKNOWN.lower()} group')}"
    named = _TOGETHER.get(str(row["reference"]), row["reference"])
    other = _counted(row["reference_events"], row["reference_base"], row["reference_rate"], row)
    said = f"{own}, {named} (the reference): {other}; {_ratio(row, 'ratio')}"
    if flag == Flag.SUPPRESSED and math.isnan(row["ratio"]):
        holds = "does" if row["holds"] == 1 else "does not"
        said += f" whatever the suppressed counts are; the conclusion {holds} hold for all of them"
        if row["holds"] != 1:
            return said + "; no clear evidence of a difference"
    said += "; " + _evidence(row["p"], row["q"], row["ratio_lower"], row["ratio_upper"], row)
    warning = {
        Flag.OVERLAPPING: "the group is a part of its reference",
        Flag.SEVERAL_CASES: "some children have several cases, so this is too sure",
        Flag.ABOVE_STAGE_BEFORE: "more children than at the stage before, compared as rates",
    }
    if flag in warning:
        said += f"; {warning[Flag(flag)]}"
    # That there are too few is a stronger word than that the numbers are small.
    counts = row["events"], row["reference_events"]
    return said if flag == Flag.TOO_FEW else said + small_numbers(*counts)


def _counted(events: float, base: float, rate: float, row: Any) -> str:
    count = "number withheld" if math.isnan(events) else f"{events:,.0f}"
    of = "of an unknown number" if math.isnan(base) else f"of {base:,.0f}"
    if math.isnan(rate):
        return f"{count} {of}"
    unit = "%" if row["kind"] == "proportion" else f"per {row['per']:,g}"
    shown = f"{rate:.1f}" if rate >= 0.1 or rate == 0 else f"{rate:.2g}"
    return f"{count} {of} ({shown} {unit})"


def _ratio(row: Any, name: str, what: str = "rate") -> str:
    limits = f"{_number(row[f'{name}_lower'])} to {_number(row[f'{name}_upper'])}"
    interval = f"{_level(row)} interval {limits}"
    if math.isnan(row[name]):
        return f"no single ratio ({interval})"
    if math.isinf(row[name]):
        return f"no ratio, for the reference has none ({interval})"
    of = "of the population" if what == "share" else "of the reference"
    return f"{what} {_number(row[name])} times that {of} ({interval})"


def _evidence(p: float, q: float, lower: float, upper: float, row: Any) -> str:
    """Clear only if interval, test, the number of comparisons and that of children all say so."""
    alpha = 1 - row["level"]
    said = conclusion({"p": p, "level": row["level"], "ratio_lower": lower, "ratio_upper": upper})
    few = f"; {_FEW}" if _too_few(row) else ""
    if math.isnan(p):
        return f"no clear evidence of a difference{few}"
    many = f"{row['family']:,.0f} comparison{'' if row['family'] == 1 else 's'}"
    if math.isnan(row["family"]):
        many = among(row["family"])
    if math.isnan(q):
        # A safe copy, in which it is left out with what hidden counts have a part in. It is p times
        # the number of comparisons at most.
        q = p * row["family"]
    chance = f"p {_chance(p)}, {many}"
    clear = bool(said) and q < alpha
    if clear and few:
        # The test is exact whatever the numbers; how large the difference is, they do not tell.
        return f"chance alone would seldom give this ({chance}), but there are {_FEW_TO_BE_CLEAR}"
    if clear:
        return f"clear evidence of a difference ({chance})"
    if said:
        return f"no clear evidence of a difference once all are counted ({chance}){few}"
    return f"no clear evidence of a difference ({chance}){few}"


def _too_few(row: Any) -> bool:
    """Whether there are too few children; in a safe copy the flag may have given way to another."""
    if row["flag"] != Flag.SUPPRESSED:
        return bool(row["flag"] == Flag.TOO_FEW)
    events = row["events"] + row["reference_events"]
    bases = row["base"], row["reference_base"]
    return bool(min(bases) * events < _FEW_EXPECTED * sum(bases))


def _chance(p: float) -> str:
    return "< 0.001" if p < 0.001 else f"= {p:.3f}" if p < 0.1 else f"= {p:.2f}"


def _number(value: float) -> str:
    return "without limit" if math.isinf(value) else f"{value:.2f}"


def _level(row: Any) -> str:
    return f"{100 * row['level']:g} %"
