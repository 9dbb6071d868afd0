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
class OrganisationSaved:
    """An organisation was added or changed by the office."""

    organisation: Organisation
    added: bool


@dataclass(frozen=True, slots=True)
class NotAllowed:
    """The person lacks the role for what was asked."""


@dataclass(frozen=True, slots=True)
class Impossible:
    """What was asked cannot be: the code says why (already_taken, gone, bad_code, last_office_person)."""

    code: str
