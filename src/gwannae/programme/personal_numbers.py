"""Numbers of people in free texts: what is published must not hold them, whoever typed them."""

import re

HIDDEN = "***"

_RESIDENT = re.compile(r"(?<!\d)\d{6}\s?[-–]\s?[1-8]\d{6}(?!\d)")
_MOBILE = re.compile(r"(?<!\d)(?:\+?82[-.\s]?)?0?1[016789][-.\s]?\d{3,4}[-.\s]?\d{4}(?!\d)")
_MAIL = re.compile(r"[A-Za-z0-9._%+-]+@[A-Za-z0-9-]+(?:\.[A-Za-z0-9-]+)+")


def without_personal_numbers(text: str) -> str:
    """`text` with resident registration numbers, mobile numbers and mail addresses replaced by `***`."""
    for pattern in (_RESIDENT, _MAIL, _MOBILE):
        text = pattern.sub(HIDDEN, text)
    return text
