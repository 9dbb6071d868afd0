"""Organisations, their channels, and who acts for them."""

from datetime import date, datetime

from sqlalchemy import CheckConstraint, Column, ForeignKey, Index, Named, TypedColumns, UniqueConstraint, false, text

from gwannae.programme.organisations import OrganisationKind, Role
from gwannae.storage.columns import one_of, stated, table


class OrganisationColumns(TypedColumns):
    """A purchasing body. Names repeat (each district has a 행정지원과), codes do not. `since`: the day on which it was
    added once the programme ran; nothing of the time before is asked of it.
    """

    id: Named[int] = Column(primary_key=True)
    code: Named[str] = Column(unique=True)
    name: Named[str]
    kind: Named[str]
    parent: Named[str | None]
    active: Named[bool] = Column(default=True)
    since: Named[date | None]


organisations = table(
    "organisations",
    OrganisationColumns,
    one_of("kind", OrganisationKind),
    stated("code"),
    stated("name"),
    CheckConstraint("parent <> code", name="parent_is_another"),
)


class ChannelColumns(TypedColumns):
    """A Slack channel speaks for one organisation at a time; an organisation may have several."""

    id: Named[int] = Column(primary_key=True)
    organisation_id: Named[int] = Column(ForeignKey("organisations.id"), index=True)
    team_id: Named[str]
    channel_id: Named[str]
    linked_by_team: Named[str]
    linked_by_user: Named[str]
    linked_at: Named[datetime]


organisation_channels = table(
    "organisation_channels",
    ChannelColumns,
    UniqueConstraint("team_id", "channel_id"),
    stated("team_id"),
    stated("channel_id"),
)


class MemberColumns(TypedColumns):
    """A person, known by workspace and user id alone."""

    id: Named[int] = Column(primary_key=True)
    team_id: Named[str]
    user_id: Named[str]


members = table("members", MemberColumns, UniqueConstraint("team_id", "user_id"), stated("user_id"))


class AffiliationColumns(TypedColumns):
    """A member's role for an organisation; one open row for each role. `until` is the first day on which it is over.

    `taken_back`: somebody else ended it; what the person replaced by another, or was confirmed, was not.
    """

    id: Named[int] = Column(primary_key=True)
    member_id: Named[int] = Column(ForeignKey("members.id"))
    organisation_id: Named[int] = Column(ForeignKey("organisations.id"), index=True)
    role: Named[str]
    self_declared: Named[bool]
    since: Named[date]
    until: Named[date | None]
    taken_back: Named[bool] = Column(default=False, server_default=false())
    given_by_team: Named[str]
    given_by_user: Named[str]


affiliations = table(
    "affiliations",
    AffiliationColumns,
    one_of("role", Role),
    CheckConstraint("until >= since", name="until_not_before_since"),
    Index("ix_affiliations_member_id", "member_id"),
    Index(
        "uq_affiliations_open",
        "member_id",
        "organisation_id",
        "role",
        unique=True,
        # PostgreSQL's index has the same condition, from its migration; to name it here loads that whole dialect.
        sqlite_where=text("until IS NULL"),
    ),
)
