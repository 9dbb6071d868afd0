"""`gwannae purchases reopen`, `gwannae purchases rejudge`: what the programme office may do, from the command line."""

from typing import TYPE_CHECKING, Annotated
from uuid import uuid4

import typer

from gwannae.bot.cli_help import PARTLY
from gwannae.bot.cli_named import organisation_named, refused
from gwannae.bot.cli_output import print_json, say
from gwannae.bot.cli_session import Session

if TYPE_CHECKING:
    from gwannae.actions.toolkit import Toolkit
    from gwannae.programme.periods import Period
    from gwannae.programme.reopening import Reopened
    from gwannae.programme.report_purchase import Receipt

REOPEN_EXAMPLE = """
gwannae purchases reopen --organisation 공원과 --period 2027-Q1 --reason "금액 정정 요청"
gwannae purchases reopen --report 17 --days 3 --reason "계약일 정정" --json
"""
REJUDGE_EXAMPLE = """
gwannae purchases rejudge 17 --verdict 관내 --reason "사업자등록증으로 소재지 확인"
gwannae purchases rejudge 17 --verdict 미확인 --reason "주소가 서로 다름" --json
"""

Json = Annotated[bool, typer.Option("--json", help="결과를 JSON으로 내보냅니다.")]


def reopen(
    ctx: typer.Context,
    reason: Annotated[str, typer.Option("--reason", metavar="사유", help="왜 여는지 적습니다. 감사 기록에 남습니다.")],
    report: Annotated[
        int | None, typer.Option("--report", min=1, metavar="번호", help="보고 하나만 엽니다. 보고 번호입니다.")
    ] = None,
    organisation: Annotated[
        str | None, typer.Option("--organisation", metavar="이름|코드", help="기간 전체를 열 부서·기관입니다.")
    ] = None,
    period: Annotated[
        str | None, typer.Option("--period", metavar="기간", help="2027-Q1 또는 2027-05처럼 적습니다.")
    ] = None,
    days: Annotated[int, typer.Option("--days", min=1, max=60, metavar="날수", help="오늘을 넣어 며칠입니다.")] = 7,
    as_json: Json = False,
) -> None:
    """마감된 보고 하나나 한 부서·기관의 기간을 며칠 동안 다시 엽니다.

    --report나, --organisation과 --period를 적어 주세요. Slack에서 여는 것과 같은 일이고, 같은 기록이 남습니다.
    책임자와 보고한 사람에게 알리는 메시지는 나가지 않습니다. 알릴 사람을 알려 드립니다.
    """
    from gwannae.actions import reopening as action
    from gwannae.programme.organisations import COMMAND_LINE
    from gwannae.programme.reopening import Reopened, ReopenForm, ReopenRefused

    session: Session = ctx.obj
    if (report is None) == (organisation is None) or (organisation is None) != (period is None):
        raise refused("--report 하나를, 또는 --organisation과 --period를 함께 적어 주세요.")
    with session.toolkit() as toolkit:
        whose = organisation_named(toolkit, organisation).id if organisation is not None else 0
        meant = _period(toolkit, period) if period is not None else None
        form = ReopenForm(report, False, whose, meant, days, reason)
        outcome = action.reopen(toolkit, COMMAND_LINE, form, uuid4().hex, toolkit.clock())
    if isinstance(outcome, ReopenRefused):
        raise refused("왜 다시 여는지 --reason에 적어 주세요. 아무것도 열지 않았습니다.")
    if not isinstance(outcome, Reopened):
        raise refused(f"{report}번 보고를 찾지 못했습니다. 아무것도 열지 않았습니다.")
    if as_json:
        print_json(_reopened_json(outcome))
    say(_reopened_words(outcome))


def rejudge(
    ctx: typer.Context,
    number: Annotated[int, typer.Argument(min=1, metavar="번호", help="보고 번호입니다.")],
    verdict: Annotated[str, typer.Option("--verdict", metavar="판정", help="관내, 관외, 미확인 가운데 하나입니다.")],
    reason: Annotated[str, typer.Option("--reason", metavar="사유", help="왜 바꾸는지 적습니다. 이력에 남습니다.")],
    as_json: Json = False,
) -> None:
    """총괄 부서의 말로 보고 하나의 판정을 바꿉니다.

    앞선 판정은 이력에 남습니다. Slack에서 바꾸는 것과 같은 일이고, 같은 기록이 남습니다.
    보고한 사람에게 알리는 메시지는 나가지 않습니다. 지금 판정과 같으면 아무것도 하지 않고, 끝 코드는 1입니다.
    """
    from gwannae.actions import rejudgement as action
    from gwannae.programme.organisations import COMMAND_LINE
    from gwannae.programme.rejudgement import Rejudged, RejudgeFault, RejudgeForm, RejudgeRefused
    from gwannae.programme.report_purchase import Receipt
    from gwannae.programme.verdict import Verdict

    session: Session = ctx.obj
    new = next((v for v in Verdict if verdict.strip() in (v.label, v.value)), None)
    if new is None:
        raise refused(f"‘{verdict}’(이)라는 판정은 없습니다. 관내, 관외, 미확인 가운데 하나를 적어 주세요.")
    with session.toolkit() as toolkit:
        now = toolkit.clock()
        kept = action.to_rejudge(toolkit, COMMAND_LINE, number, now)
        if not isinstance(kept, Receipt):
            raise refused(f"{number}번 보고를 찾지 못했습니다. 바뀐 것은 없습니다.")
        form = RejudgeForm(number, kept.purchase.version, new, reason)
        outcome = action.rejudge(toolkit, COMMAND_LINE, form, uuid4().hex, now)
    if isinstance(outcome, RejudgeRefused) and RejudgeFault.REASON in outcome.faults:
        raise refused("왜 바꾸는지 --reason에 적어 주세요. 바뀐 것은 없습니다.")
    if isinstance(outcome, RejudgeRefused):
        say(f"{number}번 보고의 판정은 이미 {new.label}입니다. 바뀐 것은 없습니다.")
        raise typer.Exit(PARTLY)
    if not isinstance(outcome, Rejudged):
        raise refused(f"{number}번 보고가 그 사이 바뀌었거나 취소된 보고입니다. 바뀐 것은 없습니다.")
    if as_json:
        print_json({**_report_json(outcome.receipt), "before": outcome.before.verdict.value})
    say(f"{number}번 보고의 판정을 바꾸었습니다: {outcome.before.verdict.label} → {new.label}")
    if outcome.receipt.purchase.reporter_team:
        say(f"보고한 사람에게는 알리지 않았습니다: {outcome.receipt.purchase.reporter_user}")


def _period(toolkit: "Toolkit", text: str) -> "Period":
    """The closed period of this key. Raises typer.Exit, after the sentence, for what is none."""
    from gwannae.actions.reopening import reopen_desk
    from gwannae.programme.organisations import COMMAND_LINE
    from gwannae.programme.periods import read_key
    from gwannae.programme.reopening import ReopenDesk

    desk = reopen_desk(toolkit, COMMAND_LINE, 0, toolkit.clock())
    assert isinstance(desk, ReopenDesk), "the command line may do all"
    period = read_key(text.strip().upper())
    if period is None or period not in desk.periods:
        known = ", ".join(p.key for p in desk.periods[:6])
        raise refused(f"‘{text}’은(는) 지난 기간이 아닙니다. 예: {known}. 아무것도 열지 않았습니다.")
    return period


def _reopened_words(outcome: "Reopened") -> str:
    from datetime import timedelta

    from gwannae.programme.dates import write_date

    reopening = outcome.reopening
    what = (
        f"{outcome.purchase.id}번 보고" if outcome.purchase else f"{reopening.organisation.name} {outcome.period.label}"
    )
    last = write_date(reopening.until - timedelta(days=1))
    people = ", ".join(user for _, user in outcome.tell)
    told = f"\n알리지 않았으니 직접 알려 주세요: {people}" if people else ""
    return f"다시 열었습니다: {what}, {last}까지 고칠 수 있습니다.{told}"


def _reopened_json(outcome: "Reopened") -> dict[str, object]:
    """`until` is the first day on which it is closed again."""
    reopening = outcome.reopening
    return {
        "organisation": reopening.organisation.code,
        "period": outcome.period.key,
        "report": outcome.purchase.id if outcome.purchase else None,
        "since": reopening.since.isoformat(),
        "until": reopening.until.isoformat(),
        "reason": reopening.reason,
        "to_tell": [{"team": team, "user": user} for team, user in outcome.tell],
    }


def _report_json(receipt: "Receipt") -> dict[str, object]:
    purchase = receipt.purchase
    ruling = purchase.judgement.ruling
    return {
        "report": purchase.id,
        "version": purchase.version,
        "organisation": receipt.organisation.code,
        "verdict": purchase.judgement.verdict.value,
        "reason": ruling.reason if ruling else None,
    }
