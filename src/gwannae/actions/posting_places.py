"""Where a post goes today: the channel, the lead, the office, the council; before 시작 the test channel alone."""

from dataclasses import dataclass, replace
from datetime import date

from gwannae.actions.toolkit import Toolkit
from gwannae.programme.ledger import Place, Post, SkipReason
from gwannae.programme.organisations import Affiliation, Organisation, OrganisationKind, Role
from gwannae.storage import affiliations, organisations, posting_places, posting_state
from gwannae.storage.database import Transaction

NO_TEST_CHANNEL = "no_test_channel"
NO_OFFICE = "no_office"


@dataclass(frozen=True, slots=True)
class Addressed:
    """A post with its place; else the reason for which it is skipped, else the `problem` for which it waits.

    `meant`: the name of the organisation that it is for, empty for what is the whole city's.
    """

    post: Post
    place: Place | None = None
    skip: SkipReason | None = None
    problem: str = ""
    meant: str = ""


class Places:
    """All places as they stand on a day, read at once for any number of posts."""

    def __init__(self, tx: Transaction, toolkit: Toolkit, day: date) -> None:
        self._state = posting_state.state(tx)
        self._organisations = {o.code: o for o in organisations.all_organisations(tx, active_only=False)}
        self._channels = posting_places.first_channels(tx)
        self._people: dict[str, list[Affiliation]] = {}
        self._teams: dict[str, str] = {}
        for one in affiliations.everybody(tx, day):
            self._teams.setdefault(one.user_id, one.team_id)
            if not one.self_declared:
                self._people.setdefault(one.organisation.code, []).append(one)
        self._office_code = toolkit.city.programme_office_code

    def of(self, post: Post) -> Addressed:
        """Where it goes."""
        organisation = self._organisations.get(post.key.organisation)
        found = self._rehearsal(post) if post.key.rehearsal else self._real(post, organisation)
        return replace(found, meant=organisation.name if organisation else "")

    @property
    def office(self) -> Place | None:
        """Where the office is told: its channel or person; before 시작 the test channel."""
        return self._office() if self._state.started_at is not None else self._state.test_channel

    def name(self, code: str) -> str:
        """What an organisation is called; for the whole city's posts, the programme office."""
        found = self._organisations.get(code or self._office_code)
        return found.name if found else code

    def _rehearsal(self, post: Post) -> Addressed:
        test = self._state.test_channel
        return Addressed(post, test) if test else Addressed(post, problem=NO_TEST_CHANNEL)

    def _real(self, post: Post, organisation: Organisation | None) -> Addressed:
        if post.key.organisation and (organisation is None or not organisation.active):
            return Addressed(post, skip=SkipReason.ORGANISATION_GONE)
        kind, _, user = post.key.recipient.partition(":")
        if kind == "channel":
            return self._channel(post, organisation)
        if kind == "lead":
            return self._lead(post, organisation)
        if kind == "person":
            team = self._teams.get(user) or next((p.team_id for p in self._channels.values()), "")
            return Addressed(post, Place(team, user)) if team else Addressed(post, skip=SkipReason.NOBODY)
        council = self._state.council_channel if kind == "council" else None
        place = council or (self._council() if kind == "council" else None) or self._office()
        return Addressed(post, place) if place else Addressed(post, problem=NO_OFFICE)

    def _channel(self, post: Post, organisation: Organisation | None) -> Addressed:
        if organisation is None:
            place = self._office()
            return Addressed(post, place) if place else Addressed(post, problem=NO_OFFICE)
        place = self._channels.get(organisation.id)
        return Addressed(post, place) if place else Addressed(post, skip=SkipReason.NO_SLACK)

    def _lead(self, post: Post, organisation: Organisation | None) -> Addressed:
        """Whoever stands in for the lead today, else the lead."""
        held = self._people.get(organisation.code, []) if organisation else []
        for role in (Role.STAND_IN, Role.LEAD):
            for one in held:
                if one.role is role:
                    return Addressed(post, Place(one.team_id, one.user_id))
        return Addressed(post, skip=SkipReason.NOBODY)

    def _council(self) -> Place | None:
        councils = (o for o in self._organisations.values() if o.kind is OrganisationKind.COUNCIL and o.active)
        return next((place for o in councils if (place := self._channels.get(o.id))), None)

    def _office(self) -> Place | None:
        """The programme office's own channel, else the person who has been of it the longest."""
        office = self._organisations.get(self._office_code)
        place = self._channels.get(office.id) if office is not None else None
        if place is not None:
            return place
        people = (one for held in self._people.values() for one in held if one.role is Role.OFFICE)
        return next((Place(one.team_id, one.user_id) for one in people), None)
