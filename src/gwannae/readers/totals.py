"""Rows that are no entries of a table: totals, subtotals and remarks."""

_TOTALS = frozenset(("합계", "소계", "계", "총계", "총합계", "누계"))


def says_total(text: str) -> bool:
    """Whether a cell calls its row a total: "합 계", "소계(3건)"."""
    return "".join(text.split("(")[0].split()) in _TOTALS


def is_remark(text: str) -> bool:
    """Whether a cell begins as remarks under tables do; only a row with nothing else in it is one."""
    return text[:1] in ("※", "*")
