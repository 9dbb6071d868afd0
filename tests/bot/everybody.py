"""Everybody who may ask for purchases of the road division, each by what they are, on a database without Slack."""

from datetime import date

from gwannae.actions.toolkit import Toolkit
from gwannae.programme.organisations import COMMAND_LINE, Actor, Role
from gwannae.storage import affiliations, organisations
from tests.front_door import TEAM

_GIVEN = {
    "nobody": None,
    "self-declared": ("roads", Role.LEAD, True),
    "staff": ("roads", Role.STAFF, False),
    "lead": ("roads", Role.LEAD, False),
    "another's lead": ("arts", Role.LEAD, False),
    "office": ("arts", Role.OFFICE, False),
    "planning": ("arts", Role.PLANNING, False),
}
EVERYBODY = tuple(_GIVEN)


def organisation_id(toolkit: Toolkit, code: str) -> int:
    """The id behind a code."""
    with toolkit.database.read() as tx:
        found = organisations.by_code(tx, code)
    assert found is not None
    return found.id


def enters(toolkit: Toolkit, who: str) -> Actor:
    """One of `EVERYBODY`, with the role that makes them so."""
    actor = Actor(TEAM, f"U0{who[:4].upper()}")
    given = _GIVEN[who]
    if given is not None:
        code, role, self_declared = given
        at = organisation_id(toolkit, code)
        with toolkit.database.write() as tx:
            affiliations.add_affiliation(
                tx, TEAM, actor.user_id, at, role, self_declared=self_declared, since=date(2027, 1, 4), by=COMMAND_LINE
            )
    return actor
