"""`gwannae tick`: what the clock would post at a moment, or one tick of it."""

import asyncio
import time
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Annotated, Any

import typer

from gwannae.bot.cli_help import PARTLY, KoreanCommand, KoreanGroup
from gwannae.bot.cli_output import print_json, print_lines, say
from gwannae.bot.cli_session import Session, SettingMissingError

if TYPE_CHECKING:
    from gwannae.actions.toolkit import Toolkit
    from gwannae.bot.settings import Settings
    from gwannae.handlers.posting_preview import Previewed
    from gwannae.programme.posting_overview import PostingOverview

commands = typer.Typer(cls=KoreanGroup, rich_markup_mode=None)

EXAMPLE = """
gwannae tick --now 2027-01-04T09:30+09:00 --dry-run
gwannae tick
"""


@commands.command(cls=KoreanCommand, epilog=EXAMPLE)
def tick(
    ctx: typer.Context,
    now: Annotated[
        str,
        typer.Option(
            "--now", metavar="때", help="그때인 것으로 봅니다(2027-01-04T09:30+09:00). 적지 않으면 지금입니다."
        ),
    ] = "",
    dry_run: Annotated[bool, typer.Option("--dry-run", help="보내지 않고, 나갈 것만 보여 줍니다.")] = False,
    as_json: Annotated[bool, typer.Option("--json", help="결과를 JSON으로 내보냅니다.")] = False,
) -> None:
    """때가 되면 보내는 것을 한 번 살펴 보냅니다.

    켜 둔 봇은 1분에 한 번 저절로 합니다. --dry-run이면 아무것도 보내거나 적지 않습니다.
    끝난 뒤에도 기다리는 것이 있으면 끝 코드가 1입니다.
    """
    session: Session = ctx.obj
    moment = _read(now, session)
    from gwannae.bot.start import toolkit_for

    settings = session.settings()
    with toolkit_for(session.city(), settings.database, _clock(moment)) as toolkit:
        if dry_run:
            _show(toolkit, moment, as_json=as_json)
            return
        if not settings.slack_bot_token:
            raise SettingMissingError(["SLACK_BOT_TOKEN"])
        overview = asyncio.run(_tick(toolkit, settings))
    _tell(overview, as_json=as_json)


def _read(text: str, session: Session) -> datetime:
    zone = session.city().zone
    if not text:
        return datetime.now(zone)
    try:
        moment = datetime.fromisoformat(text)
    except ValueError:
        raise typer.BadParameter(text, param_hint="--now") from None
    return moment.replace(tzinfo=zone) if moment.tzinfo is None else moment.astimezone(zone)


def _clock(moment: datetime) -> Any:
    """A clock that goes on from that moment."""
    began = time.monotonic()
    return lambda: moment + timedelta(seconds=time.monotonic() - began)


async def _tick(toolkit: "Toolkit", settings: "Settings") -> "PostingOverview":
    from gwannae.actions.posting_trouble import overview
    from gwannae.bot.posting import GUARD_EVERY, FileMark, build_poster
    from gwannae.handlers.workspaces import Workspaces
    from gwannae.programme.posting_terms import PostingTerms

    workspaces = Workspaces((settings.slack_bot_token.reveal(),), settings.slack_api_url)
    terms = PostingTerms(per_minute=settings.posts_per_minute)
    mark = FileMark(settings.marks, toolkit.database.url)
    poster = build_poster(toolkit, workspaces, mark, terms, guard_every=GUARD_EVERY)
    try:
        await workspaces.teams()
        await poster.run()
    finally:
        await workspaces.close()
    return overview(toolkit, toolkit.clock())


def _show(toolkit: "Toolkit", moment: datetime, *, as_json: bool) -> None:
    from gwannae.handlers.posting_preview import preview
    from gwannae.handlers.timed_kinds import TIMED_KINDS

    found = preview(toolkit, TIMED_KINDS, moment)
    if as_json:
        print_json([_json(one) for one in found])
    else:
        print_lines([_line(one) for one in found])
    sent = sum(bool(one.text) for one in found)
    kept = len(found) - sent
    say(f"{moment:%Y-%m-%d %H:%M}에 나갈 것 {sent:,}건, 나가지 않을 것 {kept:,}건. 보낸 것은 없습니다.")


def _line(one: "Previewed") -> str:
    key = one.addressed.post.key
    head = f"{key.kind.label} {key.period} {one.addressed.meant or '시 전체'} ({key.recipient})"
    if one.text:
        return f"{head}: {one.text}"
    if one.skip is not None:
        return f"{head}: {one.skip.label} 건너뜀"
    return f"{head}: {one.until:%Y-%m-%d %H:%M}까지 기다림" if one.until else f"{head}: {one.problem}"


def _json(one: "Previewed") -> dict[str, object]:
    place = one.addressed.place
    return {
        "key": one.addressed.post.key.spelled,
        "channel": place.channel_id if place else None,
        "text": one.text or None,
        "skipped": one.skip.value if one.skip else None,
        "waits_until": one.until.isoformat() if one.until else None,
        "problem": one.problem or None,
    }


def _tell(overview: "PostingOverview", *, as_json: bool) -> None:
    from gwannae.messages.posting import sum_words

    total = overview.total
    if as_json:
        fields = ("planned", "sent", "refused", "waiting", "asking")
        print_json({name: getattr(total, name) for name in fields} | {"started": overview.started_at is not None})
    else:
        print_lines([sum_words(total)])
    if overview.trouble.anything or total.asking:
        say("보내지 못한 것이 있습니다. Slack의 `/gwannae 발송`에서 까닭과 할 일을 볼 수 있습니다.")
        raise typer.Exit(PARTLY)
