"""Every callback_id and action_id, and the block_id of every field, spelled once: feature, then thing."""

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
VENDOR_DISTRICT = "localvendor-district"
VENDOR_KIND = "localvendor-kind"
VENDOR_CERTIFICATE = "localvendor-certificate"
VENDOR_CHIP = "localvendor-chip"

# One firm in full
VENDOR_MAP = "vendor-map"
VENDOR_QUOTES = "vendor-quotes"
PAGE_QUOTES = "vendor-page-quotes"
QUOTES_VIEW = "vendor-quotes-view"
HISTORY_VIEW = "vendor-history-view"

# certificates that end soon
CERTIFICATES_OPEN = "certificates-open"
CERTIFICATES_MORE = "certificates-more"
CERTIFICATES_BACK = "certificates-back"
CERTIFICATES_VIEW = "certificates-view"

# 정보가 다릅니다
VENDOR_DOUBT = "vendor-doubt"
DOUBT_VIEW = "vendor-doubt-view"
DOUBT_KIND = "vendor-doubt-kind"
DOUBT_SENTENCE = "vendor-doubt-sentence"
DOUBT_MENDED = "vendor-doubt-mended"
DOUBT_KEPT = "vendor-doubt-kept"

# What the programme office changes in the registry
KEEP_ADD = "vendor-keep-add"
KEEP_CORRECT = "vendor-keep-correct"
KEEP_MERGE = "vendor-keep-merge"
KEEP_HISTORY = "vendor-keep-history"
KEEP_RETIRE = "vendor-keep-retire"
KEEP_RESTORE = "vendor-keep-restore"
KEEP_RESTORE_VIEW = "vendor-keep-restore-view"
KEEP_ADD_VIEW = "vendor-keep-add-view"
KEEP_CORRECT_VIEW = "vendor-keep-correct-view"
KEEP_MERGE_VIEW = "vendor-keep-merge-view"
KEEP_RETIRE_VIEW = "vendor-keep-retire-view"
KEEP_NAME = "vendor-keep-name"
KEEP_NUMBER = "vendor-keep-number"
KEEP_ADDRESS = "vendor-keep-address"
KEEP_SINCE = "vendor-keep-since"
KEEP_ITEMS = "vendor-keep-items"
KEEP_PHONE = "vendor-keep-phone"
KEEP_DAY = "vendor-keep-day"
KEEP_OTHER = "vendor-keep-other"
KEEP_REASON = "vendor-keep-reason"

# /report-purchase
REPORT_VIEW = "report-view"
REPORT_DONE_VIEW = "report-done-view"
REPORT_OPEN = "report-open"
REPORT_PLANNED = "report-planned"
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
REPORT_RESTORE = "report-restore"
REPORT_COPY = "report-copy"
REPORT_HISTORY = "report-history"
HISTORY_VIEW = "report-history-view"

# purchases as a file
EXPORT_OPEN = "export-open"
EXPORT_VIEW = "export-view"
EXPORT_YEAR = "export-year"
EXPORT_ORGANISATION = "export-organisation"
EXPORT_FORMAT = "export-format"

# Why a purchase went outside
REASON_OPEN = "reason-open"
REASON_VIEW = "reason-view"
REASON_NOTE = "reason-note"
REASON_CODE = "reason-code"
REASON_SENTENCE = "reason-sentence"
REASON_LIST = "reason-list"
REASON_LIST_VIEW = "reason-list-view"
# purchases from a file
IMPORT_OPEN = "import-open"
IMPORT_VIEW = "import-view"
IMPORT_FILE = "import-file"
IMPORT_WHOSE = "import-whose"
IMPORT_ASK = "import-ask"
IMPORT_ANSWER = "import-answer"
IMPORT_ORGANISATION = "import-organisation"
IMPORT_CONFIRM = "import-confirm"
IMPORT_DISCARD = "import-discard"
IMPORT_UNDO = "import-undo"
IMPORT_LAMP = "import-lamp"
IMPORT_LAMP_VIEW = "import-lamp-view"
# 미확인, 다시 판정
UNCONFIRMED_OPEN = "unconfirmed-open"
UNCONFIRMED_VIEW = "unconfirmed-view"
REJUDGE_OPEN = "rejudge-open"
REJUDGE_VIEW = "rejudge-view"
REJUDGE_VERDICT = "rejudge-verdict"
REJUDGE_REASON = "rejudge-reason"

# 확정
CONFIRM_OPEN = "confirm-open"
CONFIRM_VIEW = "confirm-view"
CONFIRM_ORGANISATION = "confirm-organisation"
CONFIRM_PERIOD = "confirm-period"
CONFIRM_ROWS = "confirm-rows"
CONFIRM_ROWS_VIEW = "confirm-rows-view"

# 다시 열기
REOPEN_ASK = "reopen-ask"
REOPEN_OPEN = "reopen-open"
REOPEN_VIEW = "reopen-view"
REOPEN_SCOPE = "reopen-scope"
REOPEN_ORGANISATION = "reopen-organisation"
REOPEN_PERIOD = "reopen-period"
REOPEN_DAYS = "reopen-days"
REOPEN_REASON = "reopen-reason"

# /local-standings
STANDINGS_OPEN = "standings-open"

# Other duties to buy
SCHEMES_OPEN = "schemes-open"
SCHEMES_VIEW = "schemes-view"

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
LEAD_TAKE_BACK = "lead-take-back"
STAND_IN_OPEN = "stand-in-open"
STAND_IN_VIEW = "stand-in-view"
STAND_IN_ORGANISATION = "stand-in-organisation"
STAND_IN_PERSON = "stand-in-person"
STAND_IN_FIRST = "stand-in-first"
STAND_IN_LAST = "stand-in-last"
ORGANISATION_VIEW = "organisation-view"
ORGANISATION_OPEN = "organisation-open"
ORGANISATION_NAME = "organisation-name"
ORGANISATION_KIND = "organisation-kind"
ORGANISATION_STATE = "organisation-state"
ORGANISATION_TARGET = "organisation-target"
AFFILIATION_CONFIRM = "affiliation-confirm"
AFFILIATION_TAKE_BACK = "affiliation-take-back"

# said by any feature
PROBLEM_VIEW = "problem-view"

# words: the office's synonyms, and the list of words without a local firm
SYNONYM_OPEN = "synonym-open"
SYNONYM_MORE = "synonym-more"
SYNONYM_VIEW = "synonym-view"
SYNONYM_WORD = "synonym-word"
SYNONYM_MEANS = "synonym-means"
SYNONYM_REMOVE = "synonym-remove"
SYNONYM_DONE_VIEW = "synonym-done-view"
MISSING_OPEN = "missing-open"
MISSING_VIEW = "missing-view"
MISSING_RECEIVED = "missing-received"
MISSING_SEARCHING = "missing-searching"
MISSING_SOLVED = "missing-solved"


def read_number(value: object) -> int:
    """The row's number that a button or choice carries; 0, which nothing has, for what is not ours."""
    text = str(value or "")
    return int(text) if text.isdecimal() and len(text) < 19 else 0


def numbered(block: str, number: int | str) -> str:
    """A block_id for one of many alike, such as one firm's card."""
    return f"{block}-{number}"
