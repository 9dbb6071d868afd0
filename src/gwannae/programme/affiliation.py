"""소속: for which organisations somebody may report, and who is linked to what."""

from dataclasses import dataclass

from gwannae.programme.organisations import Affiliation, Organisation


@dataclass(frozen=True, slots=True)
class OrganisationChoice:
    """What the report form offers. `proposed` is chosen at first; `options` are all that may be chosen.

    One option only: the form shows it and does not ask. `remembers`: choosing makes a self-declared affiliation.
    """

    proposed: Organisation | None
    options: tuple[Organisation, ...]
    remembers: bool


@dataclass(frozen=True, slots=True)
class ChannelLinked:
    """The channel now belongs to `organisation`; before it belonged to `former`, if to any."""

    channel_id: str
    organisation: Organisation
    former: Organisation | None


@dataclass(frozen=True, slots=True)
class ChannelUnlinked:
    """The channel belongs to nobody now; `former` is None if it did not before either."""

    channel_id: str
    former: Organisation | None


@dataclass(frozen=True, slots=True)
class RoleGiven:
    """A person has this role for that organisation from today on."""

    affiliation: Affiliation


@dataclass(frozen=True, slots=True)
class AffiliationEnded:
    """The affiliation ended today. Reports made under it stay, marked as they were."""

    affiliation: Affiliation


@dataclass(frozen=True, slots=True)
class HeldRole:
    """A role that somebody has, and whether the person who looks may end it."""

    affiliation: Affiliation
    may_end: bool


@dataclass(frozen=True, slots=True)
class RoleDesk:
    """What the form for naming people shows: the organisations that the person may choose from, `chosen` of these, and
    who has which role there (in all of them while none is chosen). `office`: whether office people can be named too.
    """

    organisations: tuple[Organisation, ...]
    chosen: Organisation | None
    held: tuple[HeldRole, ...]
    office: bool


@dataclass(frozen=True, slots=True)
class OrganisationSaved:
    """An organisation was added or changed by the office. `came_back`: it took no part before."""

    organisation: Organisation
    added: bool
    came_back: bool = False


@dataclass(frozen=True, slots=True)
class NotAllowed:
    """The person lacks the role for what was asked."""


@dataclass(frozen=True, slots=True)
class Impossible:
    """What was asked cannot be: the code says why (already_taken, gone, last_office_person, office_takes_part,
    takes_no_part, none_chosen).
    """

    code: str
