"""사기 전에: what the asker's own organisation paid before for what is looked for."""

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, slots=True)
class PaidBefore:
    """Purchases of one item, amounts in won with VAT: how many, the least and the most, and the latest of them."""

    organisation: str
    number: int
    least: int
    most: int
    last_amount: int
    last_day: date
    last_firm: str


@dataclass(frozen=True, slots=True)
class PreCheck:
    """What is said beside the firms before buying: `word` is what was looked for, `planned` the amount in won.

    `paid` is None where the organisation never bought such a thing; `known` is false for who belongs to none yet.
    """

    word: str
    planned: int
    paid: PaidBefore | None
    known: bool
