"""From a seed to a document."""

from collections.abc import Collection, Mapping
from random import Random

from .fji import make_fji
from .forms import draw_damage, draw_form
from .news import make_news_draft
from .other import make_other_draft
from .reports import make_report
from .shelf import shelf, shelf_names
from .truth import Made


def make(
    seed: int,
    framework: str | None = None,
    form: Mapping[str, object] | None = None,
    damage: Collection[str] | None = None,
    kind: str = "report",
) -> Made:
    """Draw a document.

    Parameters
    ----------
    seed : int
        Decides everything not wished for.
    framework : str, optional
        Id of a framework; drawn if absent. Reports only.
    form : mapping, optional
        Choices of `forms.CHOICES` to fix; the rest is drawn.
    damage : collection of str, optional
        Damages of `forms.DAMAGES`; drawn if absent, none if empty.
    kind : str
        'report', 'news' or 'other'.
    """
    rng = Random(f"reportmaker {kind} {seed}")
    name = rng.choice(shelf_names())
    drawn_form = draw_form(rng, form)
    drawn_damage = draw_damage(rng)
    if damage is not None:
        drawn_damage = tuple(sorted(damage))
    name = framework or name
    ruin = ",".join(drawn_damage) or "none"
    recipe = f"make({seed}, kind={kind!r}) damage={ruin} {drawn_form.recipe()}"
    if kind == "news":
        return make_news_draft(rng, drawn_form, drawn_damage, recipe)
    if kind == "other":
        return make_other_draft(rng, drawn_form, drawn_damage, recipe)
    builder = make_fji if name == "fji-2012" else make_report
    return builder(rng, shelf(name), drawn_form, drawn_damage, f"{name} {recipe}")


def make_news(seed: int) -> Made:
    """Draw a press release, council page or minutes."""
    return make(seed, kind="news")


def make_other(seed: int) -> Made:
    """Draw a document of an inspection that is none of youth justice services."""
    return make(seed, kind="other")
