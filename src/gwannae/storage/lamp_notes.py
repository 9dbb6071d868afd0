"""What the lamp said of a file's rows, as JSON: kept with the import until it counts."""

from typing import Any, get_args

from msgspec import convert, to_builtins

from gwannae.programme.lamp import Deal, Finding
from gwannae.programme.purchase_lamp import LampNote

_FINDINGS = {kind.__name__: kind for kind in get_args(Finding)}


def note_json(note: LampNote) -> dict[str, Any]:
    """What the lamp said of a file's row, with the limits of then."""
    return {**to_builtins(note), "found": type(note.finding).__name__}


def note_from(data: dict[str, Any]) -> LampNote:
    """The note of a picture."""
    return LampNote(
        **{
            **{name: value for name, value in data.items() if name != "found"},
            "row": tuple(data["row"]),
            "deal": convert(data["deal"], Deal),
            "finding": convert(data["finding"], _FINDINGS[data["found"]]),
        }
    )
