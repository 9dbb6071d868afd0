"""A letter that a person is to check and have signed: its parts, without the form of any file."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Letter:
    """`rows` are pairs of name and value for the table at its head; `paragraphs` follow, each a line; `note` is small
    print at the end. `file_name` carries its ending.
    """

    file_name: str
    title: str
    rows: tuple[tuple[str, str], ...]
    paragraphs: tuple[str, ...]
    note: str
