"""The tax office's status service: what each of its answers means, and every way in which it gives none."""

import json
import threading
from collections.abc import Iterator
from datetime import date
from typing import Any

import pytest

from gwannae.programme.vendor_status import NumberStatus, VendorState
from gwannae.readers.nts_status import NtsStatus
from gwannae.readers.open_data import read_reply, read_service_key
from gwannae.readers.service_faults import ServiceCode, ServiceFault
from gwannae.readers.web import HttpWeb, Pace, Reply
from tests.readers.asking import Slept, open_data
from tests.readers.pretend_services import (
    ENCODED_KEY,
    KEY,
    Answer,
    PretendServices,
    Trouble,
    an_entry,
    as_json,
    broken_off,
    business_numbers,
    cut_in_the_middle,
    edited,
    gate_refusal,
    instead,
    pretend_services,
)

OPEN, SUSPENDED, CLOSED, STRANGE = business_numbers(4)
TAXED = "부가가치세 일반과세자"
UNKNOWN_TO_THEM = "국세청에 등록되지 않은 사업자등록번호입니다."


@pytest.fixture
def services() -> Iterator[PretendServices]:
    with pretend_services() as running:
        yield running


@pytest.fixture
def slept() -> Slept:
    return Slept()


@pytest.fixture
def nts(services: PretendServices, slept: Slept) -> Iterator[NtsStatus]:
    with open_data(slept=slept) as data:
        yield NtsStatus(data, KEY, services.nts_url)


def fault_of(nts: NtsStatus, *numbers: str) -> ServiceFault:
    with pytest.raises(ServiceFault) as caught:
        nts.ask(numbers or (OPEN,))
    return caught.value


def test_each_number_is_open_suspended_closed_or_unknown_to_the_tax_office(
    nts: NtsStatus, services: PretendServices
) -> None:
    services.states = {SUSPENDED: ("02", ""), CLOSED: ("03", "20270131"), STRANGE: ("", "")}

    assert nts.ask([OPEN, SUSPENDED, CLOSED, STRANGE]) == {
        OPEN: NumberStatus(OPEN, VendorState.OPEN, None, TAXED),
        SUSPENDED: NumberStatus(SUSPENDED, VendorState.SUSPENDED, None, TAXED),
        CLOSED: NumberStatus(CLOSED, VendorState.CLOSED, date(2027, 1, 31), TAXED),
        STRANGE: NumberStatus(STRANGE, VendorState.UNREGISTERED, None, UNKNOWN_TO_THEM),
    }


def test_one_call_asks_for_a_hundred_numbers_with_the_key_in_a_header(
    nts: NtsStatus, services: PretendServices
) -> None:
    numbers = business_numbers(100)

    assert list(nts.ask(numbers)) == numbers

    (asked,) = services.asked
    assert (asked.path, asked.query, asked.body) == ("/nts/v1/status", {}, {"b_no": numbers})
    assert asked.headers["authorization"] == f"Infuser {KEY}"


def test_more_than_a_hundred_and_none_at_all_are_not_even_asked_for(nts: NtsStatus, services: PretendServices) -> None:
    assert fault_of(nts, *business_numbers(101)).code is ServiceCode.TOO_MANY
    assert nts.ask([]) == {}
    assert services.asked == []


@pytest.mark.parametrize(
    ("entry", "expected"),
    [
        ({"b_stt_cd": ""}, VendorState.OPEN),
        ({"b_stt_cd": "1"}, VendorState.OPEN),
        ({"b_stt_cd": "04", "b_stt": "새로운말"}, None),
        ({"b_stt_cd": "", "b_stt": "", "tax_type": ""}, None),
        ({"b_stt_cd": None, "b_stt": None, "tax_type": None}, None),
        (
            {"b_stt_cd": "", "b_stt": "", "tax_type": "국세청에  등록되지 않은 사업자 등록번호 입니다"},
            VendorState.UNREGISTERED,
        ),
        ({"b_stt_cd": "", "b_stt": "휴업자"}, VendorState.SUSPENDED),
        ({"b_no": OPEN[:3] + "-" + OPEN[3:5] + "-" + OPEN[5:]}, VendorState.OPEN),
        ({"b_no": 7}, None),
    ],
)
def test_what_is_not_clear_is_no_answer(
    nts: NtsStatus, services: PretendServices, entry: dict[str, Any], expected: VendorState | None
) -> None:
    services.troubles[1] = edited(lambda answer: answer["data"][0].update(entry))

    found = nts.ask([OPEN, SUSPENDED])

    assert {n: found[n].state for n in found} == {
        **({} if expected is None else {OPEN: expected}),
        SUSPENDED: VendorState.OPEN,
    }


@pytest.mark.parametrize("end", ["", "2027", "20271301", "00000000", "폐업일모름", "２０２７０１３１"])
def test_a_closed_firm_is_closed_whatever_stands_for_its_day(
    nts: NtsStatus, services: PretendServices, end: str
) -> None:
    services.states[CLOSED] = ("03", end)

    assert nts.ask([CLOSED])[CLOSED] == NumberStatus(CLOSED, VendorState.CLOSED, None, TAXED)


def test_too_few_answers_and_answers_nobody_asked_for_leave_the_others_as_they_are(
    nts: NtsStatus, services: PretendServices
) -> None:
    def other_firms(answer: dict[str, Any]) -> None:
        answer["data"] = [an_entry(STRANGE), answer["data"][1], None, "text", {}]

    services.troubles[1] = edited(other_firms)

    assert list(nts.ask([OPEN, CLOSED])) == [CLOSED]


def test_two_answers_for_one_number_count_only_where_they_agree(nts: NtsStatus, services: PretendServices) -> None:
    def twice(answer: dict[str, Any]) -> None:
        answer["data"] += [an_entry(OPEN), an_entry(CLOSED, "03", "20270131")]

    services.troubles[1] = edited(twice)

    assert list(nts.ask([OPEN, CLOSED])) == [OPEN]


HTML = Answer(200, "<html><body>점검 중입니다</body></html>".encode())
DEEP = Answer(200, b'{"data":' + b"[" * 100_000 + b"]" * 100_000 + b"}")
NO_NUMBER = edited(lambda answer: answer["data"].clear())


@pytest.mark.parametrize(
    ("trouble", "code"),
    [
        (instead(as_json({"code": -4, "msg": "등록되지 않은 인증키 입니다."}, 401)), ServiceCode.REFUSED_KEY),
        (instead(as_json({"code": -4, "msg": "등록되지 않은 인증키 입니다."})), ServiceCode.REFUSED_KEY),
        (instead(as_json({"code": -401, "msg": "유효하지 않은 인증키 입니다."}, 401)), ServiceCode.REFUSED_KEY),
        (instead(gate_refusal("30")), ServiceCode.REFUSED_KEY),
        (instead(gate_refusal("31", 403)), ServiceCode.REFUSED_KEY),
        (instead(Answer(401, b"Unauthorized")), ServiceCode.REFUSED_KEY),
        (instead(Answer(403, b"Forbidden")), ServiceCode.REFUSED_KEY),
        (instead(gate_refusal("22")), ServiceCode.QUOTA),
        (instead(gate_refusal("22", 500)), ServiceCode.QUOTA),
        (instead(Answer(429, b"API token quota exceeded")), ServiceCode.QUOTA),
        (instead(as_json({"code": -99, "msg": "?"}, 429)), ServiceCode.QUOTA),
        (instead(as_json({"status_code": "TOO_LARGE_REQUEST"}, 413)), ServiceCode.TOO_MANY),
        (instead(as_json({"status_code": "BAD_JSON_REQUEST"}, 400)), ServiceCode.REJECTED),
        (instead(as_json({"status_code": "REQUIRED_DATA_NULL"}, 411)), ServiceCode.REJECTED),
        (instead(Answer(404, b"")), ServiceCode.REJECTED),
        (instead(as_json({"code": -3, "msg": "등록되지 않은 서비스 입니다."})), ServiceCode.REJECTED),
        (instead(HTML), ServiceCode.UNREADABLE),
        (instead(Answer(200, b"")), ServiceCode.UNREADABLE),
        (instead(Answer(200, b"\xff\xfe\x00")), ServiceCode.UNREADABLE),
        (instead(Answer(200, b"[1, 2]")), ServiceCode.UNREADABLE),
        (instead(DEEP), ServiceCode.UNREADABLE),
        (instead(as_json({"status_code": "OK"})), ServiceCode.UNREADABLE),
        (instead(as_json({"status_code": "OK", "data": {"b_no": OPEN}})), ServiceCode.UNREADABLE),
        (instead(Answer(302, b"")), ServiceCode.UNREADABLE),
        (NO_NUMBER, ServiceCode.UNREADABLE),
    ],
)
def test_a_refusal_is_told_by_its_code_and_is_not_asked_again(
    nts: NtsStatus, services: PretendServices, slept: Slept, trouble: Trouble, code: ServiceCode
) -> None:
    services.troubles[1] = trouble

    assert fault_of(nts).code is code
    assert (len(services.asked), slept) == (1, [])


PASSING = [
    (instead(Answer(500, b"")), ServiceCode.SERVER),
    (instead(as_json({"status_code": "INTERNAL_ERROR"}, 500)), ServiceCode.SERVER),
    (instead(Answer(502, HTML.body)), ServiceCode.SERVER),
    (instead(gate_refusal("05")), ServiceCode.SERVER),
    (cut_in_the_middle, ServiceCode.TRUNCATED),
    (broken_off, ServiceCode.TRUNCATED),
]


@pytest.mark.parametrize(("trouble", "code"), PASSING)
def test_what_may_pass_is_asked_for_three_times(
    nts: NtsStatus, services: PretendServices, slept: Slept, trouble: Trouble, code: ServiceCode
) -> None:
    services.troubles = dict.fromkeys((1, 2, 3), trouble)

    assert fault_of(nts).code is code
    assert (len(services.asked), slept) == (3, [0.5, 1.5])


@pytest.mark.parametrize(("trouble", "code"), PASSING)
def test_what_has_passed_is_forgotten(
    nts: NtsStatus, services: PretendServices, slept: Slept, trouble: Trouble, code: ServiceCode
) -> None:
    services.troubles[1] = trouble

    assert list(nts.ask([OPEN])) == [OPEN]
    assert (len(services.asked), slept) == (2, [0.5])


def test_an_answer_that_does_not_come_in_time_is_not_waited_for(services: PretendServices, slept: Slept) -> None:
    never = threading.Event()
    services.troubles = dict.fromkeys((1, 2, 3), lambda answer: answer._replace(wait=never))
    with open_data(slept=slept, seconds=0.05) as data:
        assert fault_of(NtsStatus(data, KEY, services.nts_url)).code is ServiceCode.TIMED_OUT
    never.set()


@pytest.mark.parametrize("url", ["http://127.0.0.1:9/nts", "no address at all", "ftp://127.0.0.1/nts", ""])
def test_a_service_that_is_not_there_is_away(url: str) -> None:
    with open_data() as data:
        assert fault_of(NtsStatus(data, KEY, url)).code is ServiceCode.AWAY


def test_a_key_is_taken_in_both_forms_that_the_portal_hands_out() -> None:
    assert [read_service_key(text, "K") for text in (KEY, ENCODED_KEY, f"  {KEY}\n")] == [KEY] * 3


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("", ServiceCode.NO_KEY),
        (" \n", ServiceCode.NO_KEY),
        ("인증키", ServiceCode.REFUSED_KEY),
        ("two words", ServiceCode.REFUSED_KEY),
        ("one\r\nX-Other: line", ServiceCode.REFUSED_KEY),
        ("one%0D%0Atwo", ServiceCode.REFUSED_KEY),
    ],
)
def test_what_cannot_be_a_key_is_never_sent(text: str, code: ServiceCode) -> None:
    with pytest.raises(ServiceFault) as caught:
        read_service_key(text, "SOME_KEY")
    assert (caught.value.code, caught.value.setting) == (code, "SOME_KEY")


def test_no_fault_shows_the_key(nts: NtsStatus, services: PretendServices) -> None:
    services.troubles = {n + 1: trouble for n, (trouble, _) in enumerate(PASSING[3:])}
    fault = fault_of(nts)
    shown = f"{fault!r} {fault} {fault.detail} {fault.__cause__!r} {fault.__context__!r}"
    assert KEY not in shown
    assert ENCODED_KEY not in shown


def test_an_answer_beyond_all_measure_is_not_read_to_its_end(services: PretendServices) -> None:
    services.troubles[1] = instead(Answer(200, b" " * 200_000))
    with (
        HttpWeb(Pace(0, lambda: 0.0, Slept()), largest=100_000) as web,
        pytest.raises(ServiceFault) as caught,
    ):
        web.ask(services.nts_url, json={"b_no": []})
    assert (caught.value.code, caught.value.detail) == (ServiceCode.UNREADABLE, "too_large")


def test_calls_begin_no_closer_than_the_pace() -> None:
    now, slept = [0.0], Slept()
    pace = Pace(0.5, lambda: now[0], slept)
    for moment in (0.0, 0.1, 0.7, 9.0, 9.0):
        now[0] = moment
        pace.wait()
    assert [round(seconds, 3) for seconds in slept] == [0.4, 0.3, 0.5]


def test_a_mark_before_the_text_does_no_harm() -> None:
    body = b"\xef\xbb\xbf" + json.dumps({"status_code": "OK", "data": []}).encode()
    assert read_reply(Reply(200, body)) == {"status_code": "OK", "data": []}
