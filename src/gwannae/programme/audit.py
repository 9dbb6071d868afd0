"""감사 기록: who did what to what, when. Written once; nothing updates or deletes an entry."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum


class AuditEvent(StrEnum):
    """What can be written down. The value is kept for ever: never rename one."""

    CITY_SEEDED = "city_seeded"
    VENDORS_IMPORTED = "vendors_imported"
    VENDORS_CHECKED = "vendors_checked"
    ORGANISATION_ADDED = "organisation_added"
    ORGANISATION_CHANGED = "organisation_changed"
    CHANNEL_LINKED = "channel_linked"
    CHANNEL_UNLINKED = "channel_unlinked"
    AFFILIATION_DECLARED = "affiliation_declared"
    AFFILIATION_GIVEN = "affiliation_given"
    STAND_IN_NAMED = "stand_in_named"
    AFFILIATION_TAKEN_BACK = "affiliation_taken_back"
    PURCHASE_REPORTED = "purchase_reported"
    PURCHASE_CHANGED = "purchase_changed"
    PURCHASE_CANCELLED = "purchase_cancelled"
    OUTSIDE_REASON_GIVEN = "outside_reason_given"
    PURCHASES_EXPORTED = "purchases_exported"
    PURCHASES_CROSS_CHECKED = "purchases_cross_checked"
    CROSS_CHECK_SENT = "cross_check_sent"
    CROSS_CHECK_ANSWERED = "cross_check_answered"
    PURCHASES_IMPORTED = "purchases_imported"
    PURCHASES_IMPORT_UNDONE = "purchases_import_undone"
    PURCHASE_RESTORED = "purchase_restored"
    PURCHASE_REJUDGED = "purchase_rejudged"
    REOPENING_ASKED = "reopening_asked"
    REOPENED = "reopened"
    OFFICE_DAY_SET = "office_day_set"
    OFFICE_DAY_TAKEN_BACK = "office_day_taken_back"
    CONFIRMED = "confirmed"
    RESULT_FROZEN = "result_frozen"
    RESULT_RELEASED = "result_released"
    SCORE_ENTERED = "score_entered"
    PLAN_RECORDED = "plan_recorded"
    OBJECTED = "objected"
    OBJECTION_ANSWERED = "objection_answered"
    AWARD_DECIDED = "award_decided"
    YEAR_SETTING_SAID = "year_setting_said"
    YEAR_SETTING_FORGOTTEN = "year_setting_forgotten"
    YEAR_OPENED = "year_opened"
    YEAR_OPENING_TAKEN_BACK = "year_opening_taken_back"
    COUNCIL_MEMBER_KEPT = "council_member_kept"
    COUNCIL_MEETING_KEPT = "council_meeting_kept"
    RECORD_KEPT = "record_kept"
    PROJECT_REGISTERED = "project_registered"
    PROJECT_REMOVED = "project_removed"
    NOTHING_BOUGHT = "nothing_bought"
    REMINDER_SNOOZED = "reminder_snoozed"
    GUIDANCE_NOTED = "guidance_noted"
    GUIDANCE_RELEASED = "guidance_released"
    GUIDANCE_STOPPED = "guidance_stopped"
    GUIDANCE_TESTED = "guidance_tested"
    GUIDANCE_LETTERS = "guidance_letters"
    MISSING_ITEM_REPORTED = "missing_item_reported"
    MISSING_WORD_MARKED = "missing_word_marked"
    SYNONYM_ADDED = "synonym_added"
    SYNONYM_REMOVED = "synonym_removed"
    WORDS_LOADED = "words_loaded"
    VENDOR_DOUBTED = "vendor_doubted"
    VENDOR_DOUBT_SETTLED = "vendor_doubt_settled"
    VENDOR_ADDED = "vendor_added"
    VENDOR_CORRECTED = "vendor_corrected"
    VENDOR_RETIRED = "vendor_retired"
    VENDOR_RESTORED = "vendor_restored"
    VENDORS_MERGED = "vendors_merged"
    POSTING_STARTED = "posting_started"
    POSTING_PLACE_SET = "posting_place_set"
    POSTING_PAUSED = "posting_paused"
    POSTING_RESUMED = "posting_resumed"
    POST_CANCELLED = "post_cancelled"
    POST_ANSWERED = "post_answered"
    POST_TRIED_AGAIN = "post_tried_again"
    POSTS_CORRECTED = "posts_corrected"
    POSTS_WITHDRAWN = "posts_withdrawn"
    REFUSED = "refused"


@dataclass(frozen=True, slots=True)
class AuditEntry:
    """One entry. `subject` is like "purchase:17"; `detail` plain JSON values without personal data beyond user ids."""

    at: datetime
    team_id: str
    user_id: str
    event: AuditEvent
    subject: str
    detail: Mapping[str, object]
