"""One contract, once: dated examples of rows that are one purchase, and of rows that are not."""

from datetime import date
from typing import Any

import pytest

from gwannae.programme.contract_identity import Absorbed, Entry, Folded, fold, split_by_share
from gwannae.programme.import_questions import Answer, QuestionKind
from gwannae.programme.purchase_lines import Line, LineFault
from tests.builders import a_line

MONDAY = date(2027, 3, 8)


def folded(*changes: dict[str, Any], answers: dict[str, str] | None = None) -> Folded:
    """Rows 5, 6, … of organisation 1."""
    lines = [a_line(number=at, day=MONDAY, **change) for at, change in enumerate(changes, 5)]
    return fold([Entry(line, 1) for line in lines], answers or {})


def counted(result: Folded) -> list[tuple[int, int]]:
    return [(part.line.number, part.amount) for part in result.parts]


def refused(result: Folded) -> list[tuple[int, LineFault]]:
    return [(row.number, row.code) for row in result.refused]


NUMBERED = {"contract_number": "R27BK00000001"}
FIRST, SECOND = {"firm": "가온조경"}, {"firm": "나래조경"}


@pytest.mark.parametrize(
    ("rows", "expected", "absorbed"),
    [
        pytest.param([{}], [(5, 1_000_000)], [], id="one row is one purchase"),
        pytest.param([{}, {}], [(5, 1_000_000)], [Absorbed.EQUAL], id="word for word twice"),
        pytest.param(
            [{}, {"title": "행사  안내문·인쇄"}], [(5, 1_000_000)], [Absorbed.EQUAL], id="spaces and dots mean nothing"
        ),
        pytest.param([{}, {"firm": "(주)가온인쇄"}], [(5, 1_000_000)], [Absorbed.EQUAL], id="nor does the form"),
        pytest.param([{}, {"title": "명함"}], [(5, 1_000_000), (6, 1_000_000)], [], id="another name: another one"),
        pytest.param([{}, {"amount": 2}], [(5, 1_000_000), (6, 2)], [], id="another amount: another one"),
        pytest.param(
            [{**NUMBERED, "amount": 900}, {**NUMBERED, "amount": 1_200, "revision": 1}],
            [(6, 1_200)],
            [Absorbed.REPLACED],
            id="the later 차수 replaces the earlier",
        ),
        pytest.param(
            [{**NUMBERED, "revision": 10, "amount": 7}, {**NUMBERED, "revision": 9, "amount": 8}],
            [(5, 7)],
            [Absorbed.REPLACED],
            id="차수 are numbers, whatever the order of rows",
        ),
        pytest.param(
            [{**NUMBERED, "item": "책상"}, {**NUMBERED, "item": "의자"}],
            [(5, 1_000_000)],
            [Absorbed.REPEATED],
            id="a basket repeats its amount in every line",
        ),
        pytest.param(
            [{"contract_number": "2027-1"}, {"contract_number": "2027-2"}],
            [(5, 1_000_000), (6, 1_000_000)],
            [],
            id="two numbers are two contracts, though all else is equal",
        ),
    ],
)
def test_rows_of_one_contract_count_once(
    rows: list[dict[str, Any]], expected: list[tuple[int, int]], absorbed: list[Absorbed]
) -> None:
    result = folded(*rows)
    assert counted(result) == expected
    assert [why for _, why in result.absorbed] == absorbed
    assert not result.questions


@pytest.mark.parametrize(
    ("rows", "expected"),
    [
        pytest.param([{**FIRST, "share": 6000}, {**SECOND, "share": 4000}], [600, 400], id="60 and 40"),
        pytest.param(
            [{**FIRST, "share": 3333}, {**SECOND, "share": 3333}, {"firm": "다솜조경", "share": 3333}],
            [334, 333, 333],
            id="three thirds are normalised: not a won is lost",
        ),
        pytest.param([{**FIRST, "share": 6000}, {**SECOND, "share": 3000}], [600, 300], id="a partner is missing"),
        pytest.param(
            [{**FIRST, "share": 6000, "amount": 620}, {**SECOND, "share": 4000, "amount": 380}],
            [620, 380],
            id="the list gives each its part already",
        ),
    ],
)
@pytest.mark.parametrize("number", ["", "R27BK00000001"])
def test_joint_contracts_count_by_share(rows: list[dict[str, Any]], expected: list[int], number: str) -> None:
    result = folded(*({"amount": 1_000, "contract_number": number, **row} for row in rows))
    assert [part.amount for part in result.parts] == expected
    assert [part.share for part in result.parts] == [row["share"] for row in rows]


@pytest.mark.parametrize("shares", [(6000, 4100), (10_001,), (5000, 5000, 5000)])
def test_shares_of_more_than_the_whole_are_refused(shares: tuple[int, ...]) -> None:
    result = (
        folded(*({**NUMBERED, "firm": f"{n}조경", "share": share} for n, share in enumerate(shares)))
        if len(shares) > 1
        else folded({"share": 10_002})
    )
    assert not result.parts
    assert {code for _, code in refused(result)} == {LineFault.SHARE_OVER}


@pytest.mark.parametrize(
    ("amount", "shares", "parts"),
    [
        (100, [3333, 3333, 3334], [33, 33, 34]),
        (100, [3333, 3333, 3333], [34, 33, 33]),
        (1, [5000, 5000], [1, 0]),
        (999, [2500], [249]),
        (10, [3334, 3334, 3334], [4, 3, 3]),
    ],
)
def test_an_amount_is_split_to_the_last_won(amount: int, shares: list[int], parts: list[int]) -> None:
    assert split_by_share(amount, shares) == parts


@pytest.mark.parametrize("void", [LineFault.CANCELLED, LineFault.AMOUNT_ZERO, LineFault.AMOUNT_NEGATIVE])
def test_a_later_revision_that_is_void_leaves_nothing_to_count(void: LineFault) -> None:
    result = folded(NUMBERED, {**NUMBERED, "revision": 1, "amount": 0, "void": void})
    assert not result.parts
    assert [(v.number, v.revision) for v in result.voids] == [("r27bk00000001", 1)]
    assert refused(result) == [(6, void)]


def test_a_basket_line_without_a_price_changes_nothing() -> None:
    result = folded(NUMBERED, {**NUMBERED, "amount": 0, "void": LineFault.AMOUNT_ZERO})
    assert counted(result) == [(5, 1_000_000)]


@pytest.mark.parametrize("number", ["", "R27BK00000001"])
def test_a_row_that_takes_another_back_is_asked_about(number: str) -> None:
    rows: list[dict[str, Any]] = [
        {"contract_number": number},
        {"contract_number": number, "amount": -1_000_000, "void": LineFault.AMOUNT_NEGATIVE},
    ]
    asked = folded(*rows)
    assert not asked.parts
    (question,) = asked.questions
    assert question.kind is QuestionKind.REVERSED
    assert counted(folded(*rows, answers={question.key: Answer.COUNT})) == [(5, 1_000_000)]
    left_out = folded(*rows, answers={question.key: Answer.LEAVE_OUT})
    assert not left_out.parts
    assert not left_out.questions


def test_lines_of_one_contract_with_their_own_amounts_are_asked_about() -> None:
    rows: list[dict[str, Any]] = [{**NUMBERED, "amount": 700}, {**NUMBERED, "amount": 300}]
    (question,) = folded(*rows).questions
    assert question.kind is QuestionKind.LINES
    assert question.rows == (("", 5), ("", 6))
    assert counted(folded(*rows, answers={question.key: Answer.SUM})) == [(5, 1_000)]
    assert counted(folded(*rows, answers={question.key: Answer.LARGEST})) == [(5, 700)]


def test_one_partner_alone_is_asked_whether_the_amount_is_its_part() -> None:
    (question,) = folded({"share": 6000}).questions
    assert question.kind is QuestionKind.SHARE
    assert counted(folded({"share": 6000}, answers={question.key: Answer.WHOLE})) == [(5, 600_000)]
    assert counted(folded({"share": 6000}, answers={question.key: Answer.PART})) == [(5, 1_000_000)]


def test_the_whole_of_a_long_contract_stands_beside_this_years_part() -> None:
    (part,) = folded({"amount": 3_000, "total": 9_000}).parts
    assert (part.amount, part.total) == (3_000, 9_000)


def test_the_same_number_in_two_divisions_is_two_contracts() -> None:
    lines: list[Line] = [a_line(number=n, contract_number="2027-1", amount=n) for n in (1, 2)]
    result = fold([Entry(lines[0], 1), Entry(lines[1], 2)], {})
    assert [part.amount for part in result.parts] == [1, 2]
