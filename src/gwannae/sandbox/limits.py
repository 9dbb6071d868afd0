"""What Slack allows at most, as numbers.

Source: https://docs.slack.dev/reference/block-kit (read in November 2026) unless a line says otherwise. Lengths are in
characters, counts in items. The limits marked "observed" stand nowhere in Slack's documentation; they were met in use.
"""

from typing import Final

MESSAGE_BLOCKS: Final = 50
VIEW_BLOCKS: Final = 100
MESSAGE_TEXT: Final = 40_000
# Observed: chat.postMessage answers msg_blocks_too_long from somewhere between 11,000 and 13,000 characters.
BLOCKS_TEXT_SUM: Final = 10_000
MARKDOWN_TEXT: Final = 12_000

ID: Final = 255  # block_id, action_id, callback_id, external_id
URL: Final = 3_000
ALT_TEXT: Final = 2_000
IMAGE_TITLE: Final = 2_000

SECTION_TEXT: Final = 3_000
SECTION_FIELDS: Final = 10
FIELD_TEXT: Final = 2_000
HEADER_TEXT: Final = 150
CONTEXT_ELEMENTS: Final = 10
CONTEXT_TEXT: Final = 3_000
ACTIONS_ELEMENTS: Final = 25
INPUT_LABEL: Final = 2_000
INPUT_HINT: Final = 2_000

TABLE_ROWS: Final = 100
TABLE_COLUMNS: Final = 20
TABLE_TEXT_SUM: Final = 10_000  # observed
TABLES_A_MESSAGE: Final = 1
RICH_TEXT_INDENT: Final = 8

BUTTON_TEXT: Final = 75
BUTTON_VALUE: Final = 2_000
PLACEHOLDER: Final = 150
SELECT_OPTIONS: Final = 100
OPTION_GROUPS: Final = 100
OVERFLOW_OPTIONS: Final = 5
CHOICES: Final = 10  # checkboxes and radio buttons
OPTION_TEXT: Final = 75
OPTION_VALUE: Final = 150
OPTION_DESCRIPTION: Final = 75
GROUP_LABEL: Final = 75
INPUT_LENGTH: Final = 3_000  # the largest max_length of a text field, and what it may hold
INPUT_FILES: Final = 10

CONFIRM_TITLE: Final = 100
CONFIRM_TEXT: Final = 300
CONFIRM_BUTTON: Final = 30

VIEW_TITLE: Final = 24
VIEW_BUTTON: Final = 24  # submit and close
PRIVATE_METADATA: Final = 3_000

# Without min_query_length Slack asks the app only from the third character on.
MIN_QUERY_LENGTH: Final = 3
