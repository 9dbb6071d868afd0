"""`gwannae vendors check`."""

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Annotated

import typer

from gwannae.bot.cli_help import DONE, FAILED, PARTLY
from gwannae.bot.cli_output import print_json, say
from gwannae.bot.cli_session import Session

if TYPE_CHECKING:
    from gwannae.programme.vendor_status import CheckReport, StatusChange

CHECK_EXAMPLE = """
gwannae vendors check --dry-run
gwannae vendors check --limit 1000
"""
_BUSY = "다른 작업이 데이터베이스를 오래 쓰고 있어 멈추었습니다."
MOST_SHOWN = 20  # firms to look at in words; the JSON has all


def check(
    ctx: typer.Context,
    limit: Annotated[
        int | None,
        typer.Option("--limit", min=1, metavar="수", help="이번에 물을 업체 수입니다. 없으면 모두 묻습니다."),
    ] = None,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="묻지 않고 몇 곳을 물을지만 알려 줍니다.")] = False,
    as_json: Annotated[bool, typer.Option("--json", help="결과를 JSON으로 내보냅니다.")] = False,
) -> None:
    """업체의 휴업과 폐업을 국세청에 물어 명부에 남깁니다.

    확인한 적이 없거나 오래된 업체부터 묻고(도시 파일의 stale_after_days), 답은 받는 대로 저장합니다.
    중간에 멈추어도 잃는 것이 없고, 다시 실행하면 이어서 합니다. 폐업한 업체도 지우지 않고 표시만 합니다.
    인증키(NTS_SERVICE_KEY)가 필요합니다. 다 묻지 못했거나 답이 분명하지 않은 업체가 있으면 끝 코드가 1입니다.
    """
    from gwannae.actions.vendor_check import check_vendors, plan_check
    from gwannae.bot.open_services import nts_status
    from gwannae.programme.organisations import COMMAND_LINE
    from gwannae.programme.vendor_status import CheckReport
    from gwannae.readers.nts_status import MOST

    session: Session = ctx.obj
    if dry_run:
        with session.toolkit() as toolkit:
            report = plan_check(toolkit, toolkit.clock(), most=MOST, limit=limit)
    else:
        with nts_status(session.settings()) as service, session.toolkit() as toolkit, _shown_progress() as progress:
            made = check_vendors(toolkit, COMMAND_LINE, service, limit=limit, progress=progress)
        assert isinstance(made, CheckReport), "the command line may do all"
        report = made
    if as_json:
        print_json(_json(report))
    for line in _words(report):
        say(line)
    raise typer.Exit(_code(report))


def _code(report: "CheckReport") -> int:
    if report.dry_run or report.is_whole:
        return DONE
    return PARTLY if report.calls else FAILED


@contextmanager
def _shown_progress() -> Iterator[Callable[[int, int], None]]:
    """A bar for whoever looks; a log or another program gets none."""
    if not sys.stderr.isatty():
        yield lambda _, __: None
        return
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn())
    with Progress(*columns, console=Console(stderr=True), transient=True) as bar:
        task = bar.add_task("국세청에 묻는 중", total=None)
        yield lambda done, all_: bar.update(task, completed=done, total=all_)


def _json(report: "CheckReport") -> dict[str, object]:
    from gwannae.programme.vendor_status import VendorState

    states = [state for state in VendorState if state is not VendorState.UNKNOWN]
    return {
        "dry_run": report.dry_run,
        "planned": report.planned,
        "calls": report.calls,
        **{state.value: report.answered.get(state, 0) for state in states},
        "unanswered": report.unanswered,
        "not_asked": report.not_asked,
        "fresh": report.fresh,
        "without_number": report.without_number,
        "stopped_by": report.stopped_by,
        "changes": [
            {
                "id": change.vendor_id,
                "name": change.name,
                "business_number": change.business_number,
                "before": change.before.value,
                "status": change.state.value,
                "closed_on": change.closed_on.isoformat() if change.closed_on else None,
            }
            for change in report.changes
        ],
    }


def _words(report: "CheckReport") -> Iterator[str]:
    from gwannae.bot.cli_service_words import code_words
    from gwannae.programme.vendor_status import DATABASE_BUSY, VendorState
    from gwannae.readers.service_faults import ServiceCode

    others = f"최근에 확인한 업체 {report.fresh:,}곳 · 번호가 없는 업체 {report.without_number:,}곳"
    if not report.planned:
        yield f"지금 확인할 업체가 없습니다. {others}"
        return
    if report.dry_run:
        yield (
            f"업체 {report.planned:,}곳을 {report.calls:,}번에 나누어 묻게 됩니다(묻지도 저장하지도 않았습니다). "
            f"다음으로 미룰 업체 {report.not_asked - report.planned:,}곳 · {others}"
        )
        return
    states = [state for state in VendorState if state is not VendorState.UNKNOWN]
    counts = [f"{state.label} {report.answered.get(state, 0):,}곳" for state in states]
    if report.unanswered:
        counts.append(f"답이 분명하지 않은 업체 {report.unanswered:,}곳")
    yield f"업체 {report.checked:,}곳의 휴업과 폐업을 확인했습니다. {' · '.join(counts)}"
    yield f"묻지 않은 업체 {report.not_asked:,}곳 · {others}"
    if report.changes:
        yield "살펴볼 업체:"
        yield from (f"  {_change(change)}" for change in report.changes[:MOST_SHOWN])
        if len(report.changes) > MOST_SHOWN:
            yield f"  … 그 밖에 {len(report.changes) - MOST_SHOWN:,}곳(모두 보려면 --json)"
    if report.stopped_by is not None:
        kept = " 여기까지는 저장했고, 다시 실행하면 이어서 합니다." if report.calls else " 바뀐 것은 없습니다."
        is_busy = report.stopped_by == DATABASE_BUSY
        yield (_BUSY if is_busy else code_words(ServiceCode(report.stopped_by))) + kept


def _change(change: "StatusChange") -> str:
    from gwannae.programme.business_number import write_business_number

    day = f"({change.closed_on.isoformat()})" if change.closed_on else ""
    return f"{change.state.label}{day} {change.name} {write_business_number(change.business_number)}"
