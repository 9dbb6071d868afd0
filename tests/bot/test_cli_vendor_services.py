"""`gwannae vendors check` and `gwannae vendors import --from g2b`, as an officer types them."""

import logging
from collections.abc import Iterator
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from gwannae.readers.city_file import read_city
from gwannae.storage import vendor_import
from gwannae.storage.database import Database
from tests.bot.command_line import CITY_FILE, CommandLine, Ended
from tests.builders import a_vendor
from tests.readers.pretend_services import (
    ENCODED_KEY,
    KEY,
    Answer,
    PretendServices,
    a_firm,
    business_numbers,
    edited,
    instead,
    pretend_services,
)

ZONE = read_city(str(CITY_FILE)).zone
OURS, OUR_ROAD = "가람도 햇님시", "가람도 햇님시 솔숲구 은하로"


@pytest.fixture
def services() -> Iterator[PretendServices]:
    with pretend_services() as running:
        yield running


@pytest.fixture
def typed(sqlite_database: Database, services: PretendServices) -> Any:
    """The command line with both keys, each in one of its two forms."""
    gwannae = CommandLine(sqlite_database.url)
    settings = {
        "NTS_SERVICE_KEY": KEY,
        "NTS_API_URL": services.nts_url,
        "G2B_SERVICE_KEY": ENCODED_KEY,
        "G2B_API_URL": services.g2b_url + "/",
    }

    def run(*arguments: str | Path, **more: str) -> Ended:
        return gwannae(*arguments, **{**settings, **more})

    return run


def with_firms(database: Database, count: int, without_number: int = 0) -> list[str]:
    numbers = business_numbers(count)
    firms = [a_vendor(name=f"가상{at}", business_number=n) for at, n in enumerate([*numbers, *[None] * without_number])]
    now = datetime.now(ZONE)
    with database.write() as tx:
        vendor_import.insert_vendors(tx, firms, at=now)
        vendor_import.end_import(tx, as_of=None, at=now)
    return numbers


@pytest.mark.parametrize(
    ("command", "setting"),
    [(("check",), "NTS_SERVICE_KEY"), (("import", "--from", "g2b"), "G2B_SERVICE_KEY")],
)
@pytest.mark.parametrize("key", ["", "  "])
def test_without_a_key_one_sentence_names_the_setting(
    typed: Any, services: PretendServices, command: tuple[str, ...], setting: str, key: str
) -> None:
    ended = typed("vendors", *command, "--json", **{setting: key})

    assert (ended.code, ended.out) == (2, "")
    assert ended.err == (
        f"{setting} 설정이 없어 물을 수 없으니, 공공데이터포털에서 받은 인증키를 환경 변수나 .env 파일에 "
        "적어 주세요(.env.example 참고).\n"
    )
    assert services.asked == []


@pytest.mark.parametrize("command", [("check",), ("import", "--from", "g2b")])
@pytest.mark.parametrize("key", ["another-key", "한글 키"])
def test_a_key_that_is_refused_ends_with_a_sentence_and_without_the_key(
    typed: Any, sqlite_database: Database, command: tuple[str, ...], key: str, caplog: pytest.LogCaptureFixture
) -> None:
    with_firms(sqlite_database, 1)
    with caplog.at_level(logging.DEBUG):
        ended = typed("vendors", *command, NTS_SERVICE_KEY=key, G2B_SERVICE_KEY=key)

    assert (ended.code, ended.out) == (2, "")
    assert "인증키를 받아 주지 않습니다." in ended.err
    assert "바뀐 것은 없습니다." in ended.err
    assert key not in ended.err + caplog.text


def test_a_check_tells_what_became_of_whom(typed: Any, sqlite_database: Database, services: PretendServices) -> None:
    numbers = with_firms(sqlite_database, 4, without_number=1)
    services.states = {numbers[0]: ("03", "20270201"), numbers[1]: ("02", ""), numbers[2]: ("", "")}

    ended = typed("vendors", "check")

    assert (ended.code, ended.out) == (0, "")
    hyphened = [f"{n[:3]}-{n[3:5]}-{n[5:]}" for n in numbers]
    assert ended.err.splitlines() == [
        "업체 4곳의 휴업과 폐업을 확인했습니다. 계속사업자 1곳 · 휴업 1곳 · 폐업 1곳 · 등록되지 않은 번호 1곳",
        "묻지 않은 업체 0곳 · 최근에 확인한 업체 0곳 · 번호가 없는 업체 1곳",
        "살펴볼 업체:",
        f"  폐업(2027-02-01) 가상0 {hyphened[0]}",
        f"  휴업 가상1 {hyphened[1]}",
        f"  등록되지 않은 번호 가상2 {hyphened[2]}",
    ]
    again = typed("vendors", "check")
    assert (again.code, again.err) == (
        0,
        "지금 확인할 업체가 없습니다. 최근에 확인한 업체 4곳 · 번호가 없는 업체 1곳\n",
    )


def test_a_check_as_json_has_every_count_and_change(
    typed: Any, sqlite_database: Database, services: PretendServices
) -> None:
    numbers = with_firms(sqlite_database, 130)
    services.states = {numbers[5]: ("03", "")}

    ended = typed("vendors", "check", "--limit", "120", "--json")

    assert ended.code == 0
    assert ended.json == {
        "dry_run": False,
        "planned": 120,
        "calls": 2,
        "open": 119,
        "suspended": 0,
        "closed": 1,
        "unregistered": 0,
        "unanswered": 0,
        "not_asked": 10,
        "fresh": 0,
        "without_number": 0,
        "stopped_by": None,
        "changes": [
            {
                "id": 6,
                "name": "가상5",
                "business_number": numbers[5],
                "before": "unknown",
                "status": "closed",
                "closed_on": None,
            }
        ],
    }


def test_a_search_shows_the_status_and_keeps_its_verdict(
    typed: Any, sqlite_database: Database, services: PretendServices
) -> None:
    (number,) = with_firms(sqlite_database, 1)
    (before,) = typed("vendors", "search", "현수막", "--json").json
    services.states[number] = ("03", "20270201")
    typed("vendors", "check")

    (after,) = typed("vendors", "search", "현수막", "--json").json

    assert (before["status"], before["status_checked_at"], before["closed_on"]) == ("unknown", None, None)
    assert (after["status"], after["closed_on"]) == ("closed", "2027-02-01")
    assert datetime.fromisoformat(after["status_checked_at"]).tzinfo is not None
    assert (after["verdict"], after["reasons"]) == (before["verdict"], before["reasons"])


def test_a_dry_run_needs_no_key_and_asks_nobody(
    typed: Any, sqlite_database: Database, services: PretendServices
) -> None:
    with_firms(sqlite_database, 250)

    ended = typed("vendors", "check", "--dry-run", "--limit", "150", NTS_SERVICE_KEY="")

    assert (ended.code, services.asked) == (0, [])
    assert ended.err.startswith(
        "업체 150곳을 2번에 나누어 묻게 됩니다(묻지도 저장하지도 않았습니다). 다음으로 미룰 업체 100곳"
    )
    assert typed("vendors", "check", "--dry-run", "--json", NTS_SERVICE_KEY="").json["planned"] == 250


def test_a_used_up_quota_leaves_with_1_and_says_how_to_go_on(
    typed: Any, sqlite_database: Database, services: PretendServices
) -> None:
    with_firms(sqlite_database, 250)
    services.quota = 1

    first = typed("vendors", "check", "--json")
    services.quota = None
    second = typed("vendors", "check", "--json")

    assert (first.code, first.json["open"], first.json["not_asked"], first.json["stopped_by"]) == (1, 100, 150, "quota")
    assert "오늘 물을 수 있는 횟수를 다 썼습니다." in first.err
    assert "여기까지는 저장했고, 다시 실행하면 이어서 합니다." in first.err
    assert (second.code, second.json["open"], second.json["fresh"]) == (0, 150, 100)


def test_a_service_that_is_out_of_order_leaves_with_2_and_nothing_changed(
    typed: Any, sqlite_database: Database, services: PretendServices
) -> None:
    with_firms(sqlite_database, 1)
    services.troubles = dict.fromkeys((1, 2, 3), instead(Answer(500, b"")))

    ended = typed("vendors", "check")

    assert ended.code == 2
    assert "서비스가 지금 답하지 못하는 상태입니다. 잠시 뒤 다시 실행해 주세요. 바뀐 것은 없습니다." in ended.err


def test_firms_that_were_not_answered_leave_with_1(
    typed: Any, sqlite_database: Database, services: PretendServices
) -> None:
    with_firms(sqlite_database, 3)
    services.troubles[1] = edited(lambda answer: answer["data"].pop())

    ended = typed("vendors", "check")

    assert ended.code == 1
    assert "답이 분명하지 않은 업체 1곳" in ended.err


@pytest.mark.parametrize(("option", "value"), [("--limit", "0"), ("--limit", "-1"), ("--limit", "많이")])
def test_a_limit_that_is_none_is_explained(typed: Any, services: PretendServices, option: str, value: str) -> None:
    ended = typed("vendors", "check", option, value)

    assert (ended.code, services.asked) == (2, [])
    assert "--limit" in ended.err


def day_before(days: int) -> str:
    return (datetime.now(ZONE).date() - timedelta(days=days)).isoformat()


def registered(services: PretendServices, *days_ago: int) -> list[str]:
    """Firms of the region that changed so many days ago."""
    numbers = business_numbers(len(days_ago))
    services.firms = [
        a_firm(number, f"나래{at}", OURS, OUR_ROAD, chgDt=f"{day_before(days)} 08:00:00")
        for at, (number, days) in enumerate(zip(numbers, days_ago, strict=True))
    ]
    services.trades = {number: [{"indstrytyNm": "인쇄업"}] for number in numbers}
    return numbers


def test_firms_of_the_region_come_into_the_registry_once(typed: Any, services: PretendServices) -> None:
    numbers = registered(services, 20, 3)
    services.firms.append(
        a_firm("", "구름상사", "가람도 구름시", "가람도 구름시 은하로", chgDt=f"{day_before(3)} 08:00:00")
    )

    first = typed("vendors", "import", "--from", "g2b", "--json")
    second = typed("vendors", "import", "--from", "g2b", "--json")
    found = typed("vendors", "search", "인쇄", "--json").json

    assert (first.code, first.json["new"], first.json["skipped"], first.json["stopped_by"]) == (0, 2, 1, None)
    assert (first.json["source"], first.json["since"]) == ("나라장터 조달업체", day_before(30))
    assert first.json["until"] == first.json["read_until"] == day_before(0)
    assert (second.code, second.json["new"], second.json["updated"], second.json["unchanged"]) == (0, 0, 0, 2)
    assert sorted(firm["business_number"] for firm in found) == sorted(numbers)
    assert {firm["source"] for firm in found} == {"나라장터 조달업체"}
    assert [firm["district"] for firm in found] == ["솔숲구", "솔숲구"]


def test_a_firm_that_moved_away_is_told_of_and_a_dry_run_stores_nothing(typed: Any, services: PretendServices) -> None:
    registered(services, 3)
    dry = typed("vendors", "import", "--from", "g2b", "--dry-run", "--json")
    assert (dry.json["new"], typed("vendors", "search", "인쇄").code) == (1, 1)
    typed("vendors", "import", "--from", "g2b")
    services.firms[0].update(rgnNm="가람도 구름시", adrs="가람도 구름시 은하로")

    ended = typed("vendors", "import", "--from", "g2b", "--json")
    (firm,) = typed("vendors", "search", "인쇄", "--json").json

    assert (ended.json["updated"], ended.json["skipped"]) == (1, 0)
    assert (firm["verdict"], firm["trade"]) == ("outside", "인쇄업")


def test_a_quota_in_the_middle_says_from_which_day_to_go_on(typed: Any, services: PretendServices) -> None:
    registered(services, 29, 2)
    services.quota = 5  # the first week takes three calls, a week without firms two

    first = typed("vendors", "import", "--from", "g2b")
    services.quota = None
    rest = day_before(30 - 14)
    second = typed("vendors", "import", "--from", "g2b", "--since", rest)

    assert first.code == 1
    assert first.err.splitlines()[-1] == (
        f"오늘 물을 수 있는 횟수를 다 썼습니다. 내일 다시 실행해 주세요. {day_before(30 - 13)}까지는 모두 읽었습니다. "
        f"이어서 하려면: gwannae vendors import --from g2b --since {rest}"
    )
    assert (second.code, len(typed("vendors", "search", "인쇄", "--json").json)) == (0, 2)


def test_a_region_without_news_is_no_failure(typed: Any) -> None:
    ended = typed("vendors", "import", "--from", "g2b", "--since", day_before(1))

    assert ended.code == 0
    assert ended.err.splitlines()[-1].startswith(f"{day_before(1)}부터 등록되거나 바뀐 업체를 물었습니다.")


def test_a_service_that_ends_at_once_leaves_with_2(typed: Any, services: PretendServices) -> None:
    services.quota = 0

    ended = typed("vendors", "import", "--from", "g2b")

    assert (ended.code, ended.out) == (2, "")
    assert ended.err == (
        "오늘 물을 수 있는 횟수를 다 썼습니다. 내일 다시 실행해 주세요. 바뀐 것은 없습니다. (답: 22)\n"
    )


@pytest.mark.parametrize(
    "arguments",
    [
        ("--since", "2027-01-04"),
        ("file.csv", "--since", "2027-01-04"),
        ("file.csv", "--from", "g2b"),
        ("--from", "elsewhere"),
        ("--from", "g2b", "--since", "어제"),
        ("--from", "g2b", "--since", "9998-01-01"),
    ],
)
def test_what_does_not_fit_together_is_explained_and_nobody_is_asked(
    typed: Any, services: PretendServices, arguments: tuple[str, ...]
) -> None:
    ended = typed("vendors", "import", *arguments)

    assert (ended.code, ended.out, services.asked) == (2, "", [])
    assert any(word in ended.err for word in ("적어 주세요", "쓸 수 없는 값입니다"))


def test_the_day_of_the_data_is_the_day_of_asking(typed: Any, services: PretendServices) -> None:
    registered(services, 3)

    typed("vendors", "import", "--from", "g2b")

    (firm,) = typed("vendors", "search", "인쇄", "--json").json
    assert date.fromisoformat(firm["as_of"]) == datetime.now(ZONE).date()
