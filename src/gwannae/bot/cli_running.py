"""`gwannae demo`, `gwannae serve`."""

from typing import Annotated

import typer

from gwannae.bot.cli_help import FAILED, KoreanCommand, KoreanGroup
from gwannae.bot.cli_output import say
from gwannae.bot.cli_session import Session
from gwannae.bot.service import start

commands = typer.Typer(cls=KoreanGroup, rich_markup_mode=None)

DEMO_EXAMPLE = """
gwannae demo
gwannae demo --port 8080
"""
SERVE_EXAMPLE = """
SLACK_BOT_TOKEN=xoxb-… SLACK_SIGNING_SECRET=… gwannae serve
"""


@commands.command(cls=KoreanCommand, epilog=DEMO_EXAMPLE)
def demo(
    ctx: typer.Context,
    port: Annotated[
        int,
        typer.Option(
            "--port", envvar="PORT", min=1, max=65535, metavar="번호", help="페이지의 포트입니다(기본 8765, 또는 PORT)."
        ),
    ] = 8765,
    host: Annotated[
        str, typer.Option("--host", metavar="주소", help="페이지를 여는 주소입니다(기본 127.0.0.1).")
    ] = "127.0.0.1",
) -> None:
    """브라우저에서 모의 Slack으로 써 봅니다.

    지어낸 도시의 한 해가 들어 있고, 끝내면 지워집니다. 실제 Slack에는 아무것도 보내지 않습니다.
    """
    from gwannae.bot.demo import demo as run
    from gwannae.bot.listening import PortTakenError

    session: Session = ctx.obj
    # DATABASE_URL may name the city's real data: only a database that was typed here is sown with a made-up year.
    try:
        run(session.city(), host=host, port=port, database_url=session.database_url or "", say=say)
    except PortTakenError as taken:
        say(f"{taken.port}번 포트를 쓸 수 없습니다. 다른 번호로 다시 실행해 주세요. 예) gwannae demo --port 8080")
        raise typer.Exit(FAILED) from taken


@commands.command(cls=KoreanCommand, epilog=SERVE_EXAMPLE)
def serve(ctx: typer.Context) -> None:
    """실제 Slack 작업 공간에서 봇을 켭니다.

    SLACK_APP_TOKEN이 있으면 Socket Mode로, 없으면 서명된 HTTP(/slack/events)로 받습니다.
    """
    start(ctx.obj)
