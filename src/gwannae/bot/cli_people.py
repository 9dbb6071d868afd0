"""`gwannae people add`, `stand-in`, `remove`, `list`."""

import re
from datetime import datetime
from typing import TYPE_CHECKING, Annotated
from uuid import uuid4

import typer

from gwannae.bot.cli_help import KoreanCommand, KoreanGroup
from gwannae.bot.cli_named import organisation_named, refused
from gwannae.bot.cli_output import print_json, print_table, say
from gwannae.bot.cli_session import Session
from gwannae.programme.affiliation import Impossible
from gwannae.programme.organisations import Affiliation, Role
from gwannae.programme.stand_ins import last_of

if TYPE_CHECKING:
    from gwannae.actions.toolkit import Toolkit

commands = typer.Typer(cls=KoreanGroup, rich_markup_mode=None)
people = typer.Typer(cls=KoreanGroup, no_args_is_help=True, rich_markup_mode=None)
commands.add_typer(people, name="people")

ADD_EXAMPLE = """
gwannae people add U0123ABCD --role office
gwannae people add U0456EFGH --role lead --organisation 공원과
"""
REMOVE_EXAMPLE = """
gwannae people list
gwannae people remove U0456EFGH --role lead --organisation 공원과
"""
STAND_IN_EXAMPLE = """
gwannae people stand-in U0456EFGH --organisation 공원과 --from 2027-07-01 --until 2027-07-09
"""
LIST_EXAMPLE = """
gwannae people list
"""
_USER = re.compile(r"[UW][A-Z0-9]{2,20}")
_TEAM = re.compile(r"[TE][A-Z0-9]{2,20}")


@people.callback()
def about() -> None:
    """총괄 부서, 부서 책임자와 담당자를 정하고, 거두고, 봅니다."""


@people.command("add", cls=KoreanCommand, epilog=ADD_EXAMPLE)
def add(
    ctx: typer.Context,
    user: Annotated[str, typer.Argument(metavar="USER", help="Slack 멤버 ID입니다(프로필의 ‘멤버 ID 복사’).")],
    role: Annotated[
        Role,
        typer.Option(
            "--role",
            metavar="역할",
            help="office(총괄 부서), planning(성과 부서), lead(부서 책임자), staff(담당자) 가운데 하나입니다.",
        ),
    ],
    organisation: Annotated[
        str | None,
        typer.Option(
            "--organisation", metavar="이름|코드", help="부서·기관입니다. office와 planning은 적지 않아도 됩니다."
        ),
    ] = None,
    team: Annotated[
        str | None, typer.Option("--team", metavar="작업공간ID", help="적지 않으면 SLACK_BOT_TOKEN으로 물어봅니다.")
    ] = None,
) -> None:
    """한 사람에게 역할을 줍니다.

    누구에게 언제 주었는지 감사 기록에 남습니다.
    """
    from gwannae.actions.roles import give_role
    from gwannae.programme.affiliation import RoleGiven
    from gwannae.programme.organisations import COMMAND_LINE

    session: Session = ctx.obj
    if role is Role.STAND_IN:
        raise refused("대리는 언제까지인지도 정해야 합니다. gwannae people stand-in을 써 주세요.")
    team_id = _person(session, user, team)
    with session.toolkit() as toolkit:
        organisation_id = _organisation(toolkit, role, organisation)
        given = give_role(toolkit, COMMAND_LINE, organisation_id, user, role, toolkit.clock(), team_id)
    assert isinstance(given, RoleGiven), "the command line may do all, and the organisation was just read"
    place = given.affiliation.organisation.name
    say(f"{user}: {place} {role.label}(으)로 정했습니다.")


@people.command("remove", cls=KoreanCommand, epilog=REMOVE_EXAMPLE)
def remove(
    ctx: typer.Context,
    user: Annotated[str, typer.Argument(metavar="USER", help="Slack 멤버 ID입니다(gwannae people list에 나옵니다).")],
    role: Annotated[
        Role, typer.Option("--role", metavar="역할", help="거둘 역할입니다(office, planning, lead, staff).")
    ],
    organisation: Annotated[
        str | None,
        typer.Option("--organisation", metavar="이름|코드", help="여러 곳에 같은 역할이 있을 때 적습니다."),
    ] = None,
    team: Annotated[
        str | None,
        typer.Option("--team", metavar="작업공간ID", help="여러 작업 공간에 같은 멤버 ID가 있을 때 적습니다."),
    ] = None,
) -> None:
    """한 사람의 역할을 오늘부터 거둡니다.

    그동안의 보고는 그대로 있고, 누가 언제 거두었는지 감사 기록에 남습니다.
    """
    from gwannae.actions.roles import take_back
    from gwannae.programme.affiliation import AffiliationEnded, Impossible
    from gwannae.programme.organisations import COMMAND_LINE

    session: Session = ctx.obj
    with session.toolkit() as toolkit:
        held = _held(toolkit, user, role, organisation, team)
        outcome = take_back(toolkit, COMMAND_LINE, held.id, toolkit.clock())
    if outcome == Impossible("last_office_person"):
        raise refused("총괄 부서의 마지막 한 사람은 뺄 수 없습니다. 먼저 다른 사람을 총괄로 정해 주세요.")
    if not isinstance(outcome, AffiliationEnded):
        raise refused("그 사이 이미 거두어졌습니다. gwannae people list로 확인해 주세요.")
    say(f"{user}: {held.organisation.name} {role.label} 소속을 거두었습니다. 그동안의 보고는 그대로 있습니다.")


@people.command("stand-in", cls=KoreanCommand, epilog=STAND_IN_EXAMPLE)
def stand_in(
    ctx: typer.Context,
    user: Annotated[str, typer.Argument(metavar="USER", help="Slack 멤버 ID입니다(프로필의 ‘멤버 ID 복사’).")],
    organisation: Annotated[str, typer.Option("--organisation", metavar="이름|코드", help="부서·기관입니다.")],
    first: Annotated[
        datetime, typer.Option("--from", metavar="날짜", formats=["%Y-%m-%d"], help="첫날입니다(2027-07-01).")
    ],
    last: Annotated[
        datetime, typer.Option("--until", metavar="날짜", formats=["%Y-%m-%d"], help="마지막 날입니다. 그날까지입니다.")
    ],
    team: Annotated[
        str | None, typer.Option("--team", metavar="작업공간ID", help="적지 않으면 SLACK_BOT_TOKEN으로 물어봅니다.")
    ] = None,
) -> None:
    """한 사람을 며칠 동안 부서 책임자의 대리로 정합니다.

    마지막 날이 지나면 저절로 끝나고, 누구를 언제까지 정했는지 감사 기록에 남습니다.
    """
    from gwannae.actions.stand_ins import name_stand_in
    from gwannae.messages.stand_ins import errors
    from gwannae.programme.organisations import COMMAND_LINE
    from gwannae.programme.stand_ins import StandInForm, StandInNamed, StandInRefused

    session: Session = ctx.obj
    team_id = _person(session, user, team)
    with session.toolkit() as toolkit:
        place = organisation_named(toolkit, organisation)
        form = StandInForm(place.id, user, first.date(), last.date())
        outcome = name_stand_in(toolkit, COMMAND_LINE, form, uuid4().hex, toolkit.clock(), team_id)
    if isinstance(outcome, StandInRefused):
        raise refused(" ".join(errors(outcome).values()))
    if isinstance(outcome, Impossible):
        raise refused(f"더는 참여하지 않는 부서·기관입니다: {place.name}.")
    done = "정했습니다" if isinstance(outcome, StandInNamed) else "이미 정해져 있습니다"
    say(f"{user}: {place.name} 책임자 대리로 {done}. {first:%Y-%m-%d}부터 {last:%Y-%m-%d}까지(그날 포함)입니다.")


@people.command("list", cls=KoreanCommand, epilog=LIST_EXAMPLE)
def show(
    ctx: typer.Context,
    as_json: Annotated[bool, typer.Option("--json", help="결과를 JSON으로 내보냅니다.")] = False,
) -> None:
    """오늘 역할이 있는 사람을 부서·기관별로 보여 줍니다."""
    from gwannae.actions.rosters import list_people

    session: Session = ctx.obj
    with session.toolkit() as toolkit:
        found = list_people(toolkit, toolkit.today)
    if as_json:
        print_json(
            [
                {
                    "team": a.team_id,
                    "user": a.user_id,
                    "role": a.role.value,
                    "organisation": a.organisation.name,
                    "organisation_code": a.organisation.code,
                    "self_declared": a.self_declared,
                    "since": a.since.isoformat(),
                    "until": a.until.isoformat() if a.until else None,
                }
                for a in found
            ]
        )
        return
    if not found:
        say("아직 정해진 사람이 없습니다. 예) gwannae people add U0123ABCD --role office")
        return
    rows = [
        (
            a.organisation.name,
            a.organisation.code,
            f"{a.role.label} {a.role.value}" + ("(본인이 밝힘)" if a.self_declared else ""),
            a.user_id,
            a.team_id,
            a.since.isoformat(),
            last_of(a.until).isoformat() if a.until else "",
        )
        for a in found
    ]
    print_table(("부서·기관", "코드", "역할", "멤버", "작업 공간", "부터", "까지"), rows)


def _person(session: Session, user: str, team: str | None) -> str:
    """The workspace of a person whose id looks like one; else the sentence that says what is wrong."""
    if not _USER.fullmatch(user):
        raise refused(f"Slack 멤버 ID가 아닙니다: {user}. U로 시작하는 ID를 적어 주세요.")
    team_id = team or _own_team(session)
    if not team_id or not _TEAM.fullmatch(team_id):
        raise refused("어느 작업 공간인지 알 수 없습니다. --team에 T로 시작하는 작업 공간 ID를 적어 주세요.")
    return team_id


def _organisation(toolkit: "Toolkit", role: Role, word: str | None) -> int:
    if word is None and role in (Role.STAFF, Role.LEAD):
        raise refused("어느 부서·기관인지 --organisation에 적어 주세요.")
    found = organisation_named(toolkit, word or toolkit.city.programme_office_code)
    if not found.active:
        raise refused(f"더는 참여하지 않는 부서·기관입니다: {found.name}. /gwannae 부서에서 다시 참여로 바꿔 주세요.")
    return found.id


def _held(toolkit: "Toolkit", user: str, role: Role, organisation: str | None, team: str | None) -> Affiliation:
    """The one role that was meant; else the sentence that says what is missing."""
    from gwannae.actions.rosters import list_people

    where = organisation_named(toolkit, organisation).id if organisation else None
    found = [
        a
        for a in list_people(toolkit, toolkit.today)
        if (a.user_id, a.role) == (user, role) and where in (None, a.organisation.id) and team in (None, a.team_id)
    ]
    if not found:
        raise refused(f"그런 역할을 가진 사람이 없습니다: {user} {role.value}. gwannae people list로 확인해 주세요.")
    if len(found) > 1:
        places = ", ".join(f"{a.organisation.code}({a.team_id})" for a in found)
        raise refused(f"여럿입니다. --organisation과 --team으로 하나를 골라 주세요: {places}")
    return found[0]


def _own_team(session: Session) -> str | None:
    from gwannae.bot.slack_check import SlackAnswer, ask_slack

    settings = session.settings()
    token = settings.slack_bot_token.reveal()
    answer = ask_slack(token, settings.slack_api_url) if token else None
    return answer.team_id if isinstance(answer, SlackAnswer) else None
