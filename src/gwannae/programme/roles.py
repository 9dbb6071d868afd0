"""Who may what: one table of role and deed, asked once, in the action."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from gwannae.programme.organisations import Actor, Affiliation, Role


class Deed(StrEnum):
    """Everything that needs a permission. What is not here (looking up a firm, standings) is open to all staff."""

    REPORT = "report"
    CORRECT = "correct"  # change or cancel what others reported
    RESTORE = "restore"  # take a cancelling back
    CONFIRM = "confirm"  # what stands in an organisation's period
    REOPEN = "reopen"  # what a closed period holds, for some days
    REJUDGE = "rejudge"  # a frozen verdict, by the office's word
    READ_RESULTS = "read_results"  # single reports with their history, and who has confirmed
    LINK_CHANNEL = "link_channel"
    NAME_LEAD = "name_lead"
    NAME_STAND_IN = "name_stand_in"  # for some days, and to end it before
    TAKE_BACK_AFFILIATION = "take_back_affiliation"
    MANAGE_ORGANISATIONS = "manage_organisations"
    NAME_OFFICE_PEOPLE = "name_office_people"
    KEEP_REGISTRY = "keep_registry"
    KEEP_WORDS = "keep_words"  # synonyms, and the list of words without a local firm
    SETTLE_YEAR = "settle_year"  # freeze the year's standings, answer objections, write down the decision, let it out
    OPEN_YEAR = "open_year"  # go through a new year's settings, open it, take that back
    KEEP_COUNCIL = "keep_council"  # who sits in the council, its packet, what a meeting came to
    KEEP_RECORD = "keep_record"  # what the policy record of a year says
    KEEP_PROJECTS = "keep_projects"  # what an organisation plans to buy; makers must not see it before the order
    OBJECT = "object"  # against an organisation's preliminary result
    SNOOZE = "snooze"  # a reminder to one's own organisation
    RELEASE_GUIDANCE = "release_guidance"  # look at the year's guidance, let it out, stop it
    KEEP_CALENDAR = "keep_calendar"  # which days are off, and the file of the year
    STEER_POSTS = "steer_posts"  # begin, pause, cancel, correct and take back what the clock posts
    EXPORT = "export"  # purchases as a file, and what a published list says beside them
    CROSS_CHECK = "cross_check"  # a published list beside everybody's reports, and its cards to their channels


# Deeds upon one organisation: the roles *in that organisation* that may. A self-declared affiliation may report only.
_IN_ORGANISATION: dict[Deed, frozenset[Role]] = {
    Deed.REPORT: frozenset({Role.STAFF, Role.LEAD, Role.STAND_IN}),
    Deed.CORRECT: frozenset({Role.LEAD, Role.STAND_IN}),
    Deed.RESTORE: frozenset({Role.LEAD, Role.STAND_IN}),
    Deed.CONFIRM: frozenset({Role.LEAD, Role.STAND_IN}),
    Deed.READ_RESULTS: frozenset({Role.LEAD, Role.STAND_IN}),
    Deed.LINK_CHANNEL: frozenset({Role.LEAD}),
    Deed.NAME_LEAD: frozenset({Role.LEAD}),
    Deed.NAME_STAND_IN: frozenset({Role.LEAD}),
    Deed.TAKE_BACK_AFFILIATION: frozenset({Role.LEAD}),
    Deed.KEEP_PROJECTS: frozenset({Role.STAFF, Role.LEAD, Role.STAND_IN}),
    Deed.OBJECT: frozenset({Role.LEAD, Role.STAND_IN}),
    Deed.SNOOZE: frozenset({Role.STAFF, Role.LEAD, Role.STAND_IN}),
    Deed.EXPORT: frozenset({Role.LEAD}),
}

# Deeds that a role for the whole programme allows, upon any organisation.
_IN_PROGRAMME: dict[Role, frozenset[Deed]] = {
    Role.OFFICE: frozenset(Deed),
    Role.PLANNING: frozenset({Deed.READ_RESULTS, Deed.EXPORT}),
}


@dataclass(frozen=True, slots=True)
class Standing:
    """What somebody is today: all their affiliations that hold on that day."""

    actor: Actor
    affiliations: tuple[Affiliation, ...] = ()

    @property
    def is_office(self) -> bool:
        """Whether the person speaks for the programme office."""
        return self.actor.is_command_line or any(
            a.role is Role.OFFICE and not a.self_declared for a in self.affiliations
        )

    @property
    def organisations(self) -> tuple[int, ...]:
        """Ids of the organisations that are the person's own, in the order in which they joined."""
        own = (Role.STAFF, Role.LEAD, Role.STAND_IN, Role.OFFICE)
        seen = dict.fromkeys(a.organisation.id for a in self.affiliations if a.role in own)
        return tuple(seen)


def may(standing: Standing, deed: Deed, organisation_id: int | None = None) -> bool:
    """Whether this person may do this deed (upon that organisation); the command line may do all."""
    if standing.actor.is_command_line:
        return True
    return any(_allows(a, deed, organisation_id) for a in standing.affiliations)


def may_somewhere(standing: Standing, deed: Deed) -> bool:
    """Whether there is an organisation upon which this person may do this deed."""
    return may(standing, deed) or any(may(standing, deed, a.organisation.id) for a in standing.affiliations)


def roles_for(standing: Standing, organisation_id: int) -> frozenset[Role]:
    """The roles that the person holds for one organisation."""
    return frozenset(a.role for a in standing.affiliations if a.organisation.id == organisation_id)


def on_day(affiliations: Iterable[Affiliation], day: date) -> tuple[Affiliation, ...]:
    """Those affiliations that hold on a day (since inclusive, until exclusive)."""
    return tuple(a for a in affiliations if a.since <= day and (a.until is None or day < a.until))


def _allows(affiliation: Affiliation, deed: Deed, organisation_id: int | None) -> bool:
    if affiliation.self_declared and deed is not Deed.REPORT:
        return False
    if deed in _IN_PROGRAMME.get(affiliation.role, frozenset()):
        return True
    return organisation_id == affiliation.organisation.id and affiliation.role in _IN_ORGANISATION.get(deed, ())
