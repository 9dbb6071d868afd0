"""What was bought, added up."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Bought:
    """How many purchases, and for how many won together."""

    number: int
    won: int
