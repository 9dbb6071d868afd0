"""Organisations, their channels, and who acts for them."""

from datetime import date, datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, UniqueConstraint, false, text
from sqlalchemy.orm import Mapped, mapped_column

from gwannae.programme.organisations import OrganisationKind, Role
from gwannae.storage.columns import Base, one_of, stated


class OrganisationRow(Base):
    """A purchasing body. Names repeat (each district has a 행정지원과), codes do not."""

    __tablename__ = "organisations"

    id: Mapped[int] = mapped_column(primary_key=True)
    code: Mapped[str] = mapped_column(unique=True)
    name: Mapped[str]
    kind: Mapped[str]
    parent: Mapped[str | None]
    active: Mapped[bool] = mapped_column(default=True)

    __table_args__ = (
        one_of("kind", OrganisationKind),
        stated("code"),
        stated("name"),
        CheckConstraint("parent <> code", name="parent_is_another"),
    )


class ChannelRow(Base):
    """A Slack channel speaks for one organisation at a time; an organisation may have several."""

    __tablename__ = "organisation_channels"

    id: Mapped[int] = mapped_column(primary_key=True)
    organisation_id: Mapped[int] = mapped_column(ForeignKey("organisations.id"), index=True)
    team_id: Mapped[str]
    channel_id: Mapped[str]
    linked_by_team: Mapped[str]
    linked_by_user: Mapped[str]
    linked_at: Mapped[datetime]

    __table_args__ = (UniqueConstraint("team_id", "channel_id"), stated("team_id"), stated("channel_id"))


class MemberRow(Base):
    """A person, known by workspace and user id alone."""

    __tablename__ = "members"

    id: Mapped[int] = mapped_column(primary_key=True)
    team_id: Mapped[str]
    user_id: Mapped[str]

    __table_args__ = (UniqueConstraint("team_id", "user_id"), stated("user_id"))


class AffiliationRow(Base):
    """A member's role for an organisation; one open row for each role. `until` is the first day on which it is over.

    `taken_back`: somebody else ended it; what the person replaced by another, or was confirmed, was not.
    """

    __tablename__ = "affiliations"

    id: Mapped[int] = mapped_column(primary_key=True)
    member_id: Mapped[int] = mapped_column(ForeignKey("members.id"))
    organisation_id: Mapped[int] = mapped_column(ForeignKey("organisations.id"), index=True)
    role: Mapped[str]
    self_declared: Mapped[bool]
    since: Mapped[date]
    until: Mapped[date | None]
    taken_back: Mapped[bool] = mapped_column(default=False, server_default=false())
    given_by_team: Mapped[str]
    given_by_user: Mapped[str]

    __table_args__ = (
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
