"""`gwannae vendors import --from g2b`."""

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING

import typer

from gwannae.bot.cli_help import DONE, PARTLY
from gwannae.bot.cli_output import print_json, say
from gwannae.bot.cli_session import Session

if TYPE_CHECKING:
    from gwannae.programme.vendors_import import ImportReport
    from gwannae.readers.g2b_firms import G2bFirms


def take_in_from_g2b(session: Session, since: datetime | None, *, dry_run: bool, as_json: bool) -> None:
    """Ask for the region's firms, take them in, tell. Leaves with 0, or 1 where the service stopped in the middle.

    Raises: ServiceFault where nothing could be read at all.
    """
    from gwannae.actions.vendors_from_g2b import g2b_firms, import_from_g2b
    from gwannae.bot.cli_import_words import report_json, report_words
    from gwannae.bot.open_services import g2b_service
    from gwannae.programme.organisations import COMMAND_LINE
    from gwannae.programme.vendors_import import ImportReport
    from gwannae.readers.g2b_firms import SOURCE

    first = None if since is None else since.date()
    if first is not None and first > session.today():
        say("--since에는 오늘까지의 날짜를 적어 주세요. 예) --since 2027-01-04")
        raise typer.Exit(2)
    with g2b_service(session.settings()) as service, session.toolkit() as toolkit, _shown_days() as told:
        now = toolkit.clock()
        firms = g2b_firms(toolkit, service, now, first, told)
        report = import_from_g2b(toolkit, COMMAND_LINE, firms, now, dry_run=dry_run)
    assert isinstance(report, ImportReport), "the command line may do all"
    if firms.fault is not None and firms.read_until is None:
        raise firms.fault
    if as_json:
        print_json({**report_json(report, firms, SOURCE), **_days_json(firms)})
    for line in (*report_words(report, firms, SOURCE), *_words(firms)):
        say(line)
    raise typer.Exit(_code(report, firms))


def _code(report: "ImportReport", firms: "G2bFirms") -> int:
    return DONE if report.is_clean and firms.fault is None else PARTLY


@contextmanager
def _shown_days() -> Iterator[Callable[[date], None]]:
    """A line for whoever looks: nobody can say beforehand how many firms there will be."""
    if not sys.stderr.isatty():
        yield lambda _: None
        return
    from rich.console import Console

    with Console(stderr=True).status("나라장터에 묻는 중") as status:
        yield lambda day: status.update(f"나라장터에 묻는 중 · {day.isoformat()}까지 읽음")


def _days_json(firms: "G2bFirms") -> dict[str, object]:
    return {
        "since": firms.since.isoformat(),
        "until": firms.until.isoformat(),
        "read_until": firms.read_until.isoformat() if firms.read_until else None,
        "stopped_by": firms.fault.code.value if firms.fault else None,
    }


def _words(firms: "G2bFirms") -> Iterator[str]:
    from gwannae.bot.cli_service_words import code_words

    yield (
        f"{firms.since.isoformat()}부터 등록되거나 바뀐 업체를 물었습니다. "
        f"다른 지역 업체 {firms.skipped:,}곳은 넣지 않았습니다."
    )
    if firms.fault is not None and firms.read_until is not None:
        rest = (firms.read_until + timedelta(days=1)).isoformat()
        yield (
            f"{code_words(firms.fault.code)} {firms.read_until.isoformat()}까지는 모두 읽었습니다. 이어서 하려면: "
            f"gwannae vendors import --from g2b --since {rest}"
        )
