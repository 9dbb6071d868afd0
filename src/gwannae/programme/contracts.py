"""계약: one contract as any list writes it down, and when two lists mean the same firm."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date

from gwannae.programme.hangul import firm_key, search_key
from gwannae.programme.organisations import Organisation
from gwannae.programme.purchases import Purchase


@dataclass(frozen=True, slots=True)
class Contract:
    """One record. `ref` is the row of its file, or the number of the report; `amount` in won; `organisation` the code
    of one of ours, "" where the list does not say, and `organisation_text` the list's own word.
    """

    ref: int
    title: str
    amount: int
    day: date | None = None
    firm: str = ""
    business_number: str | None = None
    number: str = ""
    organisation: str = ""
    organisation_text: str = ""
    title_key: str = field(init=False, repr=False, compare=False)
    firm_key: str = field(init=False, repr=False, compare=False)
    number_key: str = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "title_key", search_key(self.title))
        object.__setattr__(self, "firm_key", firm_key(self.firm))
        object.__setattr__(self, "number_key", search_key(self.number))


def same_firm(a: Contract, b: Contract) -> bool:
    """Business numbers decide where both are there, else the names without their company form."""
    if a.business_number and b.business_number:
        return a.business_number == b.business_number
    return bool(a.firm_key) and a.firm_key == b.firm_key


def contract_of(purchase: Purchase, organisation: Organisation) -> Contract:
    """A reported purchase as a record of that kind. Reports hold no contract number yet."""
    draft = purchase.draft
    return Contract(
        ref=purchase.id,
        title=draft.title,
        amount=draft.amount,
        day=draft.contract_date,
        firm=draft.firm.name,
        business_number=draft.firm.business_number,
        organisation=organisation.code,
        organisation_text=organisation.name,
    )


def organisation_meant(text: str, organisations: Iterable[Organisation]) -> Organisation | None:
    """The one organisation that a list's cell names: alone, or behind what it is part of ("○○시 공원과").

    None for a name of several (each district has a 행정지원과), and for one that is none of ours.
    """
    written = search_key(text)
    named = [(o, key) for o in organisations if (key := search_key(o.name)) and written.endswith(key)]
    longest = max((len(key) for _, key in named), default=0)
    meant = [o for o, key in named if len(key) == longest]
    return meant[0] if len(meant) == 1 else None
