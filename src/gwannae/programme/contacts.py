"""담당자 확인: who acts for an organisation today, for whoever asks. It is what a city hall's telephone list says."""

from dataclasses import dataclass

from gwannae.programme.organisations import Affiliation, Organisation


@dataclass(frozen=True, slots=True)
class Contacts:
    """Leads, stand-ins and staff that were named, in that order; nobody who only said it of themselves. `may_change`:
    the asker may name others.
    """

    organisation: Organisation
    people: tuple[Affiliation, ...]
    may_change: bool
