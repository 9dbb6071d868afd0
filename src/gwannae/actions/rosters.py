"""명단: organisations with their channels, and everybody who acts for one.

For the command line, which may see everything: nobody is asked here who they are.
"""

from dataclasses import dataclass
from datetime import date

from gwannae.actions.toolkit import Toolkit
from gwannae.programme.organisations import Affiliation, Organisation
from gwannae.storage import affiliations, organisations


@dataclass(frozen=True, slots=True)
class Listed:
    """An organisation and its channels, as (workspace, channel)."""

    organisation: Organisation
    channels: tuple[tuple[str, str], ...]


def list_organisations(toolkit: Toolkit, *, unlinked_only: bool = False) -> list[Listed]:
    """Active organisations by name; only those without a channel, if asked."""
    with toolkit.database.read() as tx:
        found = organisations.unlinked(tx) if unlinked_only else organisations.all_organisations(tx)
        return [Listed(o, () if unlinked_only else tuple(organisations.channels_of(tx, o.id))) for o in found]


def list_people(toolkit: Toolkit, day: date) -> list[Affiliation]:
    """Everybody who has a role on a day, by organisation; of organisations that are no longer active too."""
    with toolkit.database.read() as tx:
        every = organisations.all_organisations(tx, active_only=False)
        return [a for o in every for a in affiliations.people_of(tx, o.id, day)]


def organisations_named(toolkit: Toolkit, word: str) -> list[Organisation]:
    """The organisation of this code, else those of this name: several where a name repeats between districts."""
    with toolkit.database.read() as tx:
        found = organisations.by_code(tx, word)
        return [found] if found is not None else organisations.by_name(tx, word)
