"""The first tables, and the triggers that make the audit log one that only grows.

Frozen: a later change to a table is a step of its own.
"""

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None


def upgrade() -> None:
    """Make all tables; the registry begins at version 0."""
    _people()
    _vendors()
    _words()
    _purchases()
    _records()
    op.execute("INSERT INTO registry_state (id, version, last_vendor_id, last_term_id) VALUES (1, 0, 0, 0)")
    if op.get_bind().dialect.name == "sqlite":
        _audit_only_grows_on_sqlite()
    else:
        _audit_only_grows_on_postgresql()


def _people() -> None:
    op.create_table(
        "organisations",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("code", sa.Text(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("parent", sa.Text(), nullable=True),
        sa.Column("active", sa.Boolean(), nullable=False),
        sa.CheckConstraint("code <> ''", name=op.f("ck_organisations_code_stated")),
        sa.CheckConstraint(
            "kind IN ('division', 'council', 'institution', 'corporation')", name=op.f("ck_organisations_kind_known")
        ),
        sa.CheckConstraint("name <> ''", name=op.f("ck_organisations_name_stated")),
        sa.CheckConstraint("parent <> code", name=op.f("ck_organisations_parent_is_another")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_organisations")),
        sa.UniqueConstraint("code", name=op.f("uq_organisations_code")),
    )
    op.create_table(
        "organisation_channels",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("organisation_id", sa.Integer(), nullable=False),
        sa.Column("team_id", sa.Text(), nullable=False),
        sa.Column("channel_id", sa.Text(), nullable=False),
        sa.Column("linked_by_team", sa.Text(), nullable=False),
        sa.Column("linked_by_user", sa.Text(), nullable=False),
        sa.Column("linked_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("channel_id <> ''", name=op.f("ck_organisation_channels_channel_id_stated")),
        sa.CheckConstraint("team_id <> ''", name=op.f("ck_organisation_channels_team_id_stated")),
        sa.ForeignKeyConstraint(
            ["organisation_id"], ["organisations.id"], name=op.f("fk_organisation_channels_organisation_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_organisation_channels")),
        sa.UniqueConstraint("team_id", "channel_id", name=op.f("uq_organisation_channels_team_id_channel_id")),
    )
    op.create_index(
        op.f("ix_organisation_channels_organisation_id"), "organisation_channels", ["organisation_id"], unique=False
    )
    op.create_table(
        "members",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("team_id", sa.Text(), nullable=False),
        sa.Column("user_id", sa.Text(), nullable=False),
        sa.CheckConstraint("user_id <> ''", name=op.f("ck_members_user_id_stated")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_members")),
        sa.UniqueConstraint("team_id", "user_id", name=op.f("uq_members_team_id_user_id")),
    )
    op.create_table(
        "affiliations",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("member_id", sa.Integer(), nullable=False),
        sa.Column("organisation_id", sa.Integer(), nullable=False),
        sa.Column("role", sa.Text(), nullable=False),
        sa.Column("self_declared", sa.Boolean(), nullable=False),
        sa.Column("since", sa.Date(), nullable=False),
        sa.Column("until", sa.Date(), nullable=True),
        sa.Column("given_by_team", sa.Text(), nullable=False),
        sa.Column("given_by_user", sa.Text(), nullable=False),
        sa.CheckConstraint("role IN ('staff', 'lead', 'office', 'planning')", name=op.f("ck_affiliations_role_known")),
        sa.CheckConstraint("until >= since", name=op.f("ck_affiliations_until_not_before_since")),
        sa.ForeignKeyConstraint(["member_id"], ["members.id"], name=op.f("fk_affiliations_member_id")),
        sa.ForeignKeyConstraint(
            ["organisation_id"], ["organisations.id"], name=op.f("fk_affiliations_organisation_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_affiliations")),
    )
    op.create_index("ix_affiliations_member_id", "affiliations", ["member_id"], unique=False)
    op.create_index(op.f("ix_affiliations_organisation_id"), "affiliations", ["organisation_id"], unique=False)
    op.create_index(
        "uq_affiliations_open",
        "affiliations",
        ["member_id", "organisation_id", "role"],
        unique=True,
        sqlite_where=sa.text("until IS NULL"),
        postgresql_where=sa.text("until IS NULL"),
    )


def _vendors() -> None:
    op.create_table(
        "vendors",
        sa.Column("id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("name_key", sa.Text(), nullable=False),
        sa.Column("address_key", sa.Text(), nullable=False),
        sa.Column("business_number", sa.Text(), nullable=True),
        sa.Column("phone", sa.Text(), nullable=True),
        sa.Column("trade", sa.Text(), nullable=True),
        sa.Column("makes", sa.Text(), nullable=False),
        sa.Column("size_small", sa.Text(), nullable=False),
        sa.Column("size_evidence", sa.Text(), nullable=False),
        sa.Column("size_checked_on", sa.Date(), nullable=True),
        sa.Column("as_of", sa.Date(), nullable=True),
        sa.Column("source", sa.Text(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("digest", sa.Text(), nullable=False),
        sa.Column("changed_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("makes IN ('yes', 'no', 'unknown')", name=op.f("ck_vendors_makes_known")),
        sa.CheckConstraint("name <> ''", name=op.f("ck_vendors_name_stated")),
        sa.CheckConstraint("size_small IN ('yes', 'no', 'unknown')", name=op.f("ck_vendors_size_small_known")),
        sa.CheckConstraint(
            "business_number IS NULL OR length(business_number) = 10",
            name=op.f("ck_vendors_business_number_ten_digits"),
        ),
        sa.CheckConstraint("version >= 1", name=op.f("ck_vendors_version_from_one")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_vendors")),
        sa.UniqueConstraint("business_number", name=op.f("uq_vendors_business_number")),
    )
    op.create_table(
        "vendor_addresses",
        sa.Column("vendor_id", sa.Integer(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("district", sa.Text(), nullable=True),
        sa.Column("in_city", sa.Text(), nullable=False),
        sa.Column("evidence", sa.Text(), nullable=False),
        sa.Column("since", sa.Date(), nullable=True),
        sa.Column("until", sa.Date(), nullable=True),
        sa.CheckConstraint("in_city IN ('yes', 'no', 'unknown')", name=op.f("ck_vendor_addresses_in_city_known")),
        sa.CheckConstraint("kind IN ('head_office', 'branch', 'factory')", name=op.f("ck_vendor_addresses_kind_known")),
        sa.CheckConstraint("until >= since", name=op.f("ck_vendor_addresses_until_not_before_since")),
        sa.ForeignKeyConstraint(
            ["vendor_id"], ["vendors.id"], name=op.f("fk_vendor_addresses_vendor_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("vendor_id", "position", name=op.f("pk_vendor_addresses")),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "vendor_items",
        sa.Column("vendor_id", sa.Integer(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.CheckConstraint("text <> ''", name=op.f("ck_vendor_items_text_stated")),
        sa.ForeignKeyConstraint(
            ["vendor_id"], ["vendors.id"], name=op.f("fk_vendor_items_vendor_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("vendor_id", "position", name=op.f("pk_vendor_items")),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "vendor_certificates",
        sa.Column("vendor_id", sa.Integer(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("number", sa.Text(), nullable=False),
        sa.Column("valid_from", sa.Date(), nullable=True),
        sa.Column("valid_to", sa.Date(), nullable=True),
        sa.CheckConstraint(
            "kind IN ('women', 'disabled', 'social', 'social_cooperative', 'village', 'self_support', "
            "'startup', 'youth_startup', 'severely_disabled', 'standard_workplace', 'green', "
            "'innovation', 'direct_production')",
            name=op.f("ck_vendor_certificates_kind_known"),
        ),
        sa.CheckConstraint("valid_to >= valid_from", name=op.f("ck_vendor_certificates_valid_to_not_before_from")),
        sa.ForeignKeyConstraint(
            ["vendor_id"], ["vendors.id"], name=op.f("fk_vendor_certificates_vendor_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("vendor_id", "position", name=op.f("pk_vendor_certificates")),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "vendor_versions",
        sa.Column("vendor_id", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("picture", sa.JSON(), nullable=False),
        sa.Column("replaced_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("replaced_by", sa.Text(), nullable=False),
        sa.CheckConstraint("version >= 1", name=op.f("ck_vendor_versions_version_from_one")),
        sa.ForeignKeyConstraint(
            ["vendor_id"], ["vendors.id"], name=op.f("fk_vendor_versions_vendor_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("vendor_id", "version", name=op.f("pk_vendor_versions")),
    )


def _words() -> None:
    op.create_table(
        "registry_state",
        sa.Column("id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("as_of", sa.Date(), nullable=True),
        sa.Column("updated_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("last_vendor_id", sa.Integer(), nullable=False),
        sa.Column("last_term_id", sa.Integer(), nullable=False),
        sa.CheckConstraint("id = 1", name=op.f("ck_registry_state_one_row")),
        sa.CheckConstraint("version >= 0", name=op.f("ck_registry_state_version_counts")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_registry_state")),
    )
    op.create_table(
        "terms",
        sa.Column("id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.CheckConstraint("text <> ''", name=op.f("ck_terms_text_stated")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_terms")),
        sa.UniqueConstraint("text", name=op.f("uq_terms_text")),
    )
    op.create_table(
        "postings",
        sa.Column("term_id", sa.Integer(), nullable=False),
        sa.Column("vendor_id", sa.Integer(), nullable=False),
        sa.Column("field", sa.Text(), nullable=False),
        sa.CheckConstraint("field IN ('item', 'name')", name=op.f("ck_postings_field_known")),
        sa.ForeignKeyConstraint(["term_id"], ["terms.id"], name=op.f("fk_postings_term_id")),
        sa.ForeignKeyConstraint(["vendor_id"], ["vendors.id"], name=op.f("fk_postings_vendor_id"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("term_id", "vendor_id", "field", name=op.f("pk_postings")),
        sqlite_with_rowid=False,
    )


def _purchases() -> None:
    op.create_table(
        "purchases",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("form_key", sa.Text(), nullable=False),
        sa.Column("organisation_id", sa.Integer(), nullable=False),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("method", sa.Text(), nullable=False),
        sa.Column("vendor_id", sa.Integer(), nullable=True),
        sa.Column("firm_name", sa.Text(), nullable=False),
        sa.Column("firm_business_number", sa.Text(), nullable=True),
        sa.Column("firm_address", sa.Text(), nullable=False),
        sa.Column("item", sa.Text(), nullable=False),
        sa.Column("amount", sa.BigInteger(), nullable=False),
        sa.Column("contract_date", sa.Date(), nullable=False),
        sa.Column("verdict", sa.Text(), nullable=False),
        sa.Column("judgement", sa.JSON(), nullable=False),
        sa.Column("rule_version", sa.Text(), nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("reporter_team", sa.Text(), nullable=False),
        sa.Column("reporter_user", sa.Text(), nullable=False),
        sa.Column("self_declared", sa.Boolean(), nullable=False),
        sa.Column("reported_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("changed_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("firm_name <> ''", name=op.f("ck_purchases_firm_name_stated")),
        sa.CheckConstraint("form_key <> ''", name=op.f("ck_purchases_form_key_stated")),
        sa.CheckConstraint("kind IN ('goods', 'services', 'works')", name=op.f("ck_purchases_kind_known")),
        sa.CheckConstraint(
            "method IN ('direct_single', 'direct_quotes', 'open_bid', 'restricted_bid', "
            "'nominated_bid', 'unit_price', 'mall', 'card')",
            name=op.f("ck_purchases_method_known"),
        ),
        sa.CheckConstraint("rule_version <> ''", name=op.f("ck_purchases_rule_version_stated")),
        sa.CheckConstraint("state IN ('reported', 'cancelled')", name=op.f("ck_purchases_state_known")),
        sa.CheckConstraint("title <> ''", name=op.f("ck_purchases_title_stated")),
        sa.CheckConstraint("verdict IN ('local', 'outside', 'unconfirmed')", name=op.f("ck_purchases_verdict_known")),
        sa.CheckConstraint("amount > 0", name=op.f("ck_purchases_amount_positive")),
        sa.CheckConstraint(
            "firm_business_number IS NULL OR length(firm_business_number) = 10",
            name=op.f("ck_purchases_firm_business_number_ten_digits"),
        ),
        sa.CheckConstraint("version >= 1", name=op.f("ck_purchases_version_from_one")),
        sa.ForeignKeyConstraint(["organisation_id"], ["organisations.id"], name=op.f("fk_purchases_organisation_id")),
        sa.ForeignKeyConstraint(
            ["vendor_id"], ["vendors.id"], name=op.f("fk_purchases_vendor_id"), ondelete="SET NULL"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_purchases")),
        sa.UniqueConstraint("form_key", name=op.f("uq_purchases_form_key")),
    )
    op.create_index("ix_purchases_reporter", "purchases", ["reporter_team", "reporter_user", "id"], unique=False)
    op.create_index(
        "ix_purchases_standings",
        "purchases",
        ["state", "organisation_id", "kind", "verdict", "contract_date", "amount"],
        unique=False,
    )
    op.create_index("ix_purchases_vendor", "purchases", ["vendor_id", "contract_date"], unique=False)
    op.create_table(
        "purchase_versions",
        sa.Column("purchase_id", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("form_key", sa.Text(), nullable=True),
        sa.Column("draft", sa.JSON(), nullable=False),
        sa.Column("judgement", sa.JSON(), nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("changed_by_team", sa.Text(), nullable=False),
        sa.Column("changed_by_user", sa.Text(), nullable=False),
        sa.Column("changed_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("state IN ('reported', 'cancelled')", name=op.f("ck_purchase_versions_state_known")),
        sa.CheckConstraint("version >= 1", name=op.f("ck_purchase_versions_version_from_one")),
        sa.ForeignKeyConstraint(["purchase_id"], ["purchases.id"], name=op.f("fk_purchase_versions_purchase_id")),
        sa.PrimaryKeyConstraint("purchase_id", "version", name=op.f("pk_purchase_versions")),
        sa.UniqueConstraint("form_key", name=op.f("uq_purchase_versions_form_key")),
    )


def _records() -> None:
    op.create_table(
        "missing_items",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("word", sa.Text(), nullable=False),
        sa.Column("key", sa.Text(), nullable=False),
        sa.Column("organisation_id", sa.Integer(), nullable=True),
        sa.Column("asked_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("key <> ''", name=op.f("ck_missing_items_key_stated")),
        sa.CheckConstraint("word <> ''", name=op.f("ck_missing_items_word_stated")),
        sa.ForeignKeyConstraint(
            ["organisation_id"], ["organisations.id"], name=op.f("fk_missing_items_organisation_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_missing_items")),
    )
    op.create_index("ix_missing_items_asked_at", "missing_items", ["asked_at"], unique=False)
    op.create_table(
        "seen_events",
        sa.Column("event_id", sa.Text(), nullable=False),
        sa.Column("seen_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("event_id <> ''", name=op.f("ck_seen_events_event_id_stated")),
        sa.PrimaryKeyConstraint("event_id", name=op.f("pk_seen_events")),
    )
    op.create_index("ix_seen_events_seen_at", "seen_events", ["seen_at"], unique=False)
    op.create_table(
        "audit_entries",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("team_id", sa.Text(), nullable=False),
        sa.Column("user_id", sa.Text(), nullable=False),
        sa.Column("event", sa.Text(), nullable=False),
        sa.Column("subject", sa.Text(), nullable=False),
        sa.Column("detail", sa.JSON(), nullable=False),
        sa.CheckConstraint("event <> ''", name=op.f("ck_audit_entries_event_stated")),
        sa.CheckConstraint("user_id <> ''", name=op.f("ck_audit_entries_user_id_stated")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_audit_entries")),
    )
    op.create_index("ix_audit_entries_subject", "audit_entries", ["subject", "id"], unique=False)


def _audit_only_grows_on_sqlite() -> None:
    for deed in ("UPDATE", "DELETE"):
        op.execute(
            f"CREATE TRIGGER audit_entries_no_{deed.lower()} BEFORE {deed} ON audit_entries "
            "BEGIN SELECT RAISE(ABORT, 'audit_entries only grows'); END"
        )


def _audit_only_grows_on_postgresql() -> None:
    op.execute(
        "CREATE FUNCTION audit_entries_only_grows() RETURNS trigger LANGUAGE plpgsql AS $$ "
        "BEGIN RAISE EXCEPTION 'audit_entries only grows' USING ERRCODE = 'integrity_constraint_violation'; END $$"
    )
    op.execute(
        "CREATE TRIGGER audit_entries_only_grows BEFORE UPDATE OR DELETE OR TRUNCATE ON audit_entries "
        "FOR EACH STATEMENT EXECUTE FUNCTION audit_entries_only_grows()"
    )
