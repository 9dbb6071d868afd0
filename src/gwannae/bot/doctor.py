"""What `gwannae doctor` looks at. Each look ends in a finding; none of them changes anything."""

from collections.abc import Iterator
from typing import TYPE_CHECKING, NamedTuple

from gwannae.bot.cli_session import Session
from gwannae.bot.cli_words import error_words
from gwannae.bot.slack_check import SlackAnswer, ask_slack
from gwannae.programme.dates import write_date

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date

    from gwannae.bot.settings import Settings
    from gwannae.programme.city import City
    from gwannae.storage.database import Database
    from gwannae.storage.running_totals import Difference

MOST_TOTALS, TOTALS_SHOWN = 100, 3


class Finding(NamedTuple):
    """One thing that was looked at: `says` what is so and, where it is not fine, what to do."""

    what: str
    fine: bool
    says: str


def examine(session: Session) -> Iterator[Finding]:
    """Look at everything, also when something fails."""
    from gwannae.bot.settings import SettingError, SettingsFileError
    from gwannae.readers.city_file import CityFileError

    try:
        settings = session.settings()
    except (SettingError, SettingsFileError) as error:
        yield Finding("설정", False, error_words(error) or "")
        return
    yield _needed(settings)
    try:
        city = session.city()
    except CityFileError as error:
        yield Finding("도시 파일", False, error_words(error) or "")
    else:
        yield Finding(
            "도시 파일", True, f"{city.name}, 부서·기관 {len(city.organisations)}곳, 기준 {len(city.local_rules)}개"
        )
        yield _rule(city, session.today())
        yield _holidays(city, session.today())
    yield from _database(settings)
    yield from _posting(session, settings)
    token = settings.slack_bot_token.reveal()
    if token:
        yield _slack(token, settings.slack_api_url)


def _needed(settings: "Settings") -> Finding:
    missing = settings.missing_for_serving()
    if missing:
        return Finding("설정", False, f"serve에 필요한 값이 없습니다: {', '.join(missing)}. .env 파일에 적어 주세요.")
    return Finding("설정", True, "Socket Mode로 받습니다" if settings.uses_socket_mode else "서명된 HTTP로 받습니다")


def _rule(city: "City", day: "date") -> Finding:
    from gwannae.programme.verdict import NoRuleError, rule_on

    try:
        rule = rule_on(city.local_rules, day)
    except NoRuleError as error:
        return Finding("관내 기준", False, error_words(error) or "")
    return Finding("관내 기준", True, f"{rule.version}판, {rule.source}")


def _holidays(city: "City", day: "date") -> Finding:
    from gwannae.programme.working_days import year_to_confirm

    last = city.calendar.holidays_confirmed_until
    year = year_to_confirm(city.calendar, day)
    if year is not None:
        return Finding(
            "공휴일",
            False,
            f"{write_date(last)}까지만 확인되었습니다. 월력요항과 견주어 {year}년의 공휴일을 확인하고 도시 파일의 "
            f"holidays_confirmed_until을 고쳐 주세요. 그때까지 {year}년 안내는 나가지 않습니다.",
        )
    return Finding("공휴일", True, f"{write_date(last)}까지 확인되었습니다")


def _database(settings: "Settings") -> Iterator[Finding]:
    from gwannae.storage import schema
    from gwannae.storage.database import Database

    file = settings.sqlite_file
    if file is not None and not file.exists():
        yield Finding("데이터베이스", False, f"아직 없습니다: {file}. gwannae db upgrade로 만들어 주세요.")
        return
    try:
        database = Database.open(settings.database)
    except Exception as error:
        words = error_words(error)
        if words is None:
            raise
        yield Finding("데이터베이스", False, words)
        return
    try:
        if schema.is_current(database):
            yield Finding("데이터베이스", True, f"{database.url}, 표가 이 버전에 맞습니다")
            yield _totals(database)
        elif schema.is_newer(database):
            found = schema.current(database) or ""
            yield Finding("데이터베이스", False, error_words(schema.NewerTablesError(found)) or "")
        else:
            yield Finding("데이터베이스", False, "표가 이 버전보다 오래되었습니다. gwannae db upgrade를 실행해 주세요.")
    finally:
        database.close()


def _posting(session: Session, settings: "Settings") -> Iterator[Finding]:
    """Only where the tables are those of this version: else the finding before says what to do first."""
    from gwannae.bot.doctor_posting import look
    from gwannae.bot.start import toolkit_for
    from gwannae.readers.city_file import CityFileError
    from gwannae.storage import schema

    file = settings.sqlite_file
    if file is not None and not file.exists():
        return
    try:
        with toolkit_for(session.city(), settings.database, upgrade=False) as toolkit:
            if schema.is_current(toolkit.database):
                yield from (Finding(*one) for one in look(toolkit, toolkit.clock()))
    except CityFileError:
        return
    except Exception as error:
        if error_words(error) is None:
            raise


def _totals(database: "Database") -> Finding:
    from gwannae.storage import organisations, running_totals

    with database.snapshot() as tx:
        kept = running_totals.are_kept(tx)
        wrong = running_totals.differences(tx, MOST_TOTALS)
        names = {o.id: o.name for o in organisations.all_organisations(tx, active_only=False)} if wrong else {}
    if kept and not wrong:
        return Finding("누계", True, "실적을 다시 세어 본 것과 같습니다")
    says = [] if kept else ["누계를 실적에 맞추는 장치가 데이터베이스에 없습니다."]
    if wrong:
        shown = "; ".join(_total_words(one, names) for one in wrong[:TOTALS_SHOWN])
        number = f"{MOST_TOTALS}곳 이상" if len(wrong) >= MOST_TOTALS else f"{len(wrong)}곳"
        says.append(f"실적과 다른 누계가 {number}입니다: {shown}.")
    return Finding("누계", False, f"{' '.join(says)} gwannae db recount로 다시 세어 주세요.")


def _total_words(found: "Difference", names: "Mapping[int, str]") -> str:
    from gwannae.programme.purchases import PurchaseKind
    from gwannae.programme.verdict import Verdict

    key = dict(found.key)
    whose = names.get(int(str(key.pop("organisation_id"))), "알 수 없는 곳")
    if "kind" in key:
        key["kind"] = PurchaseKind(str(key["kind"])).label
        key["verdict"] = Verdict(str(key["verdict"])).label
    when = " ".join(str(value) for value in key.values())
    (kept, kept_won), (number, won) = found.kept, found.counted
    return f"{whose} {when} 누계 {kept:,}건 {kept_won:,}원, 실적 {number:,}건 {won:,}원"


def _slack(token: str, api_url: str) -> Finding:
    answer = ask_slack(token, api_url)
    if isinstance(answer, SlackAnswer):
        return Finding("Slack", True, f"작업 공간 {answer.team}({answer.team_id})에 연결됩니다")
    if answer.code == "unreachable":
        return Finding("Slack", False, f"닿지 못했습니다: {api_url}. 네트워크와 SLACK_API_URL을 확인해 주세요.")
    return Finding("Slack", False, f"토큰을 받아 주지 않습니다({answer.code}). SLACK_BOT_TOKEN을 다시 복사해 주세요.")
