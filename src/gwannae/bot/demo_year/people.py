"""Who takes part in the made-up year: eight organisations with a channel each, and people who are roles, not names."""

import re
from dataclasses import dataclass

from gwannae.programme.city import City
from gwannae.programme.hangul import search_key
from gwannae.programme.organisations import OrganisationKind, OrganisationSeed, Role

TEAM_ID = "T0DEMO"
ORGANISATIONS = 8
DIVISIONS = 5

_NOT_IN_CHANNEL_NAMES = re.compile(r"[^\w-]+")
_LONGEST_CHANNEL_NAME = 80  # Slack's limit


@dataclass(frozen=True, slots=True)
class DemoOrganisation:
    """An organisation that takes part, with the channel that speaks for it."""

    seed: OrganisationSeed
    channel_id: str
    channel_name: str


@dataclass(frozen=True, slots=True)
class DemoPerson:
    """Somebody of the pretend workspace: `name` and `label` are shown; without organisation and role: a newcomer."""

    user_id: str
    name: str
    label: str
    organisation_code: str | None = None
    role: Role | None = None
    self_declared: bool = False


def demo_organisations(city: City) -> tuple[DemoOrganisation, ...]:
    """The programme office first, four more divisions, then the first council, institution and corporation.

    Where a city has none of a kind, others stand in; a city with fewer than eight takes part with all.
    """
    every = city.organisations
    office = next((o for o in every if search_key(o.name) == search_key(city.programme_office)), every[0])
    divisions = [o for o in every if o.kind is OrganisationKind.DIVISION and o is not office]
    chosen = [office, *divisions[: DIVISIONS - 1]]
    for kind in (OrganisationKind.COUNCIL, OrganisationKind.INSTITUTION, OrganisationKind.CORPORATION):
        chosen += [o for o in every if o.kind is kind and o not in chosen][:1]
    chosen += [o for o in every if o not in chosen]
    taken: set[str] = set()
    made = []
    for number, seed in enumerate(chosen[:ORGANISATIONS], start=1):
        made.append(DemoOrganisation(seed, f"C0DEMO{number}", _channel_name(seed, taken)))
        taken.add(made[-1].channel_name)
    return tuple(made)


def demo_people(city: City) -> tuple[DemoPerson, ...]:
    """The six whom a visitor may act as: staff and lead of one division, the programme office, staff of a second
    division, a newcomer, and somebody of an institution.
    """
    seeds = [o.seed for o in demo_organisations(city)]
    first, second = seeds[4 % len(seeds)], seeds[2 % len(seeds)]
    institution = next((o for o in seeds if o.kind is OrganisationKind.INSTITUTION), seeds[-1])
    return (
        _person("U0STAFF", first, Role.STAFF, "담당자"),
        _person("U0LEAD", first, Role.LEAD, "책임자"),
        _person("U0OFFICE", seeds[0], Role.OFFICE, "총괄 담당자"),
        _person("U0SECOND", second, Role.STAFF, "담당자"),
        DemoPerson("U0NEWCOMER", "새로 온 직원", "소속 없음"),
        _person("U0INSTITUTION", institution, Role.STAFF, "담당자"),
    )


def demo_colleagues(city: City) -> tuple[DemoPerson, ...]:
    """Who reports for the organisations of which no one else is there; the first of them named the organisation
    themselves, so that lead and office have an affiliation to confirm.
    """
    known = {person.organisation_code for person in demo_people(city)}
    rest = [o.seed for o in demo_organisations(city) if o.seed.code not in known]
    return tuple(
        DemoPerson(f"U0COLLEAGUE{n}", f"{o.name} 담당자", f"{o.name} · {Role.STAFF.label}", o.code, Role.STAFF, n == 1)
        for n, o in enumerate(rest, start=1)
    )


def _person(user_id: str, organisation: OrganisationSeed, role: Role, word: str) -> DemoPerson:
    label = f"{organisation.name} · {role.label}"
    return DemoPerson(user_id, f"{organisation.name} {word}", label, organisation.code, role)


def _channel_name(seed: OrganisationSeed, taken: set[str]) -> str:
    name = _NOT_IN_CHANNEL_NAMES.sub("-", seed.name.casefold()).strip("-")[:_LONGEST_CHANNEL_NAME]
    return name if name and name not in taken else seed.code
