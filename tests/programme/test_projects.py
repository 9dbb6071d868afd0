"""What a bill asks for: names without sizes, rows of one thing together, lines as people type them."""

from datetime import date

import pytest

from gwannae.programme.projects import (
    Item,
    ProjectFault,
    ProjectForm,
    Stage,
    form_fault,
    needs_of,
    project_fault,
    read_typed,
    words_of,
)
from gwannae.programme.purchase_kind import PurchaseKind

TODAY = date(2027, 6, 15)


def item(name: str, amount: int | None) -> Item:
    return Item(name, "", "", "", amount, "", 1)


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("LED가로등", "LED가로등"),
        ("LED가로등(보행등)", "LED가로등"),
        ("PE관(이중벽) 300mm", "PE관"),
        ("철근 D13 SD400", "철근 D13 SD400"),
        ("보도블록 300x300x60", "보도블록"),
        ("가로등 100W 2.5㎡", "가로등"),
        ("A4 용지", "A4 용지"),
        ("[자재] 골재", "골재"),
        ("300mm", "300mm"),
        ("(기타)", "(기타)"),
    ],
)
def test_a_thing_is_looked_for_without_brackets_and_measures(name: str, words: str) -> None:
    assert words_of(name) == words


def test_rows_of_one_thing_stand_together_dearest_first() -> None:
    found = needs_of(
        [item("벤치", 10), item("LED 가로등", 5), item("led가로등", 7), item("벤치", None), item("돌", None)]
    )
    assert [(n.name, n.rows, n.amount, n.unstated) for n in found] == [
        ("LED 가로등", 2, 12, 0), ("벤치", 2, 10, 1), ("돌", 1, 0, 1),
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("line", "name", "amount"),
    [
        ("LED가로등 200만원", "LED가로등", 2_000_000),
        ("벤치 - 1,500,000원", "벤치 -", 1_500_000),
        ("벤치, 10개, 7,000,000원", "벤치, 10개", 7_000_000),
        ("보도블록", "보도블록", None),
        ("맨홀 900", "맨홀 900", None),
    ],
)
def test_a_typed_line_is_a_thing_with_its_amount_behind(line: str, name: str, amount: int | None) -> None:
    assert [(i.name, i.amount) for i in read_typed(f"\n{line}\n…\n")] == [(name, amount)]


@pytest.mark.parametrize(
    ("month", "fault"),
    [
        (date(2027, 5, 31), ProjectFault.MONTH_PASSED),
        (date(2027, 6, 1), None),
        (date(2028, 1, 1), None),
    ],
)
def test_a_month_that_is_over_is_told(month: date, fault: ProjectFault | None) -> None:
    form = ProjectForm("한빛로", 1, PurchaseKind.WORKS, Stage.PLANNING, month)
    assert form_fault(form, TODAY) is fault
    assert project_fault(form, (), TODAY) is (fault or ProjectFault.NO_ITEMS)
