"""Every callback_id, action_id and block_id, spelled once: feature, then thing."""

# /localvendor
VENDOR_DETAIL = "localvendor-detail"
VENDOR_REPORT = "localvendor-report"
VENDOR_MORE = "localvendor-more"
VENDOR_BACK = "localvendor-back"
VENDOR_SIDE = "localvendor-side"
VENDOR_SHARE = "localvendor-share"
VENDOR_MISSING = "localvendor-missing"
VENDOR_NEAR = "localvendor-near"
VENDOR_DETAIL_VIEW = "localvendor-detail-view"

# /report-purchase
REPORT_VIEW = "report-view"
REPORT_DONE_VIEW = "report-done-view"
REPORT_OPEN = "report-open"
REPORT_FIRM = "report-firm"
REPORT_FIRM_NAME = "report-firm-name"
REPORT_FIRM_NUMBER = "report-firm-number"
REPORT_FIRM_ADDRESS = "report-firm-address"
REPORT_TITLE = "report-title"
REPORT_AMOUNT = "report-amount"
REPORT_DATE = "report-date"
REPORT_KIND = "report-kind"
REPORT_METHOD = "report-method"
REPORT_ITEM = "report-item"
REPORT_ORGANISATION = "report-organisation"
REPORT_CHANGE = "report-change"
REPORT_CANCEL = "report-cancel"
REPORT_WHY = "report-why"
REPORT_WHY_VIEW = "report-why-view"
REPORT_SHOW = "report-show"

# /local-standings
STANDINGS_OPEN = "standings-open"

# /gwannae and the Home tab
HELP_OPEN = "gwannae-help"
LINK_VIEW = "link-view"
LINK_ORGANISATION = "link-organisation"
UNLINK = "link-undo"
LEAD_VIEW = "lead-view"
LEAD_OPEN = "lead-open"
LEAD_ORGANISATION = "lead-organisation"
LEAD_PERSON = "lead-person"
LEAD_ROLE = "lead-role"
ORGANISATION_VIEW = "organisation-view"
ORGANISATION_OPEN = "organisation-open"
ORGANISATION_NAME = "organisation-name"
ORGANISATION_CODE = "organisation-code"
ORGANISATION_KIND = "organisation-kind"
ORGANISATION_TARGET = "organisation-target"
AFFILIATION_CONFIRM = "affiliation-confirm"
AFFILIATION_TAKE_BACK = "affiliation-take-back"
HOME_SEARCH = "home-search"


def read_number(value: object) -> int:
    """The row's number that a button or choice carries; 0, which nothing has, for what is not ours."""
    text = str(value or "")
    return int(text) if text.isdecimal() and len(text) < 19 else 0


def numbered(block: str, number: int | str) -> str:
    """A block_id for one of many alike, such as one firm's card."""
    return f"{block}-{number}"
