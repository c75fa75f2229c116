"""What is drawn on axes: texts, notes, marks by their name, and labels that cover something."""

from typing import Any

__all__ = ["covered", "marked", "notes", "texts"]


def marked(ax: Any, gid: str) -> list[Any]:
    return [artist for artist in ax.get_children() if artist.get_gid() == gid]


def texts(ax: Any) -> list[str]:
    return [text.get_text() for text in ax.texts]


def notes(ax: Any) -> str:
    (found,) = marked(ax, "notes")
    return " ".join(found.get_text().split())


def covered(ax: Any) -> list[str]:
    """Names that touch another one, a mark, or the frame."""
    ax.figure.draw_without_rendering()
    names = marked(ax, "name")
    boxes = [name.get_window_extent() for name in names]
    dots = [
        ax.transData.transform(point)
        for line in ax.lines
        if line.get_marker() not in ("None", None, "|")
        for point in line.get_xydata()
    ]
    faults = []
    for i, (name, box) in enumerate(zip(names, boxes, strict=True)):
        inside = ax.bbox.x0 <= box.x0 + 1 and box.x1 <= ax.bbox.x1 + 1
        inside = inside and ax.bbox.y0 <= box.y0 + 1 and box.y1 <= ax.bbox.y1 + 1
        others = [other for j, other in enumerate(boxes) if i != j]
        if (
            not inside
            or any(box.overlaps(o) for o in others)
            or any(box.contains(*d) for d in dots)
        ):
            faults.append(name.get_text())
    return faults
