"""The form of `/gwannae 담당`: who holds which role, with a button to end it, and naming somebody."""

from gwannae.messages import ids
from gwannae.messages.blocks import (
    Block,
    actions,
    button,
    confirmation,
    context,
    divider,
    escape,
    input_block,
    modal,
    option,
    section,
    static_select,
    users_select,
)
from gwannae.messages.report_choices import organisation_input
from gwannae.programme.affiliation import HeldRole, RoleDesk
from gwannae.programme.dates import write_date
from gwannae.programme.organisations import GIVEN_ROLES, Role
from gwannae.programme.stand_ins import last_of

HELD_SHOWN = 15


def lead_form(desk: RoleDesk, team_id: str, done: str = "") -> Block:
    """Who is lead or staff of an organisation; the office may also name its own people. `team_id`: whose screen it is,
    for people of other workspaces have no name here. `done`: what the last press did.
    """
    roles = [role for role in GIVEN_ROLES if desk.office or role in (Role.STAFF, Role.LEAD)]
    return modal(
        ids.LEAD_VIEW,
        "담당 정하기",
        [
            *([section("lead-done", done)] if done else []),
            organisation_input(ids.LEAD_ORGANISATION, desk.organisations, "부서·기관", desk.chosen, dispatch=True),
            input_block(ids.LEAD_PERSON, "누구", users_select(ids.LEAD_PERSON, "사람 고르기")),
            input_block(
                ids.LEAD_ROLE,
                "역할",
                static_select(
                    ids.LEAD_ROLE, "역할 고르기", [option(r.label, r.value) for r in roles], Role.STAFF.value
                ),
                hint="담당자는 보고하고, 책임자는 고치고 확인하며 담당을 정합니다."
                + (" 성과 부서는 실적을 보기만 합니다." if desk.office else ""),
            ),
            divider("lead-line"),
            actions("lead-stand-in-row", [button(ids.STAND_IN_OPEN, "책임자 대리 정하기")]),
            *_held(desk, team_id),
        ],
        submit="정하기",
        close="그만두기",
    )


def person_and_role_missing() -> dict[str, str]:
    """At the form's field."""
    return {ids.LEAD_PERSON: "사람과 역할을 골라 주세요."}


def person_is_the_bot() -> dict[str, str]:
    """At the form's field."""
    return {ids.LEAD_PERSON: "관내봇은 담당이 될 수 없습니다. 사람을 골라 주세요."}


def _held(desk: RoleDesk, team_id: str) -> list[Block]:
    where = f"‘{escape(desk.chosen.name)}’의 담당" if desk.chosen else "지금 담당"
    if not desk.held:
        return [section("lead-held", f"*{where}*\n아직 정해진 사람이 없습니다.")]
    blocks = [section("lead-held", f"*{where} {len(desk.held):,}명*")]
    blocks += [_row(held, team_id) for held in desk.held[:HELD_SHOWN]]
    more = len(desk.held) - HELD_SHOWN
    if more > 0:
        hint = "" if desk.chosen else " 부서·기관을 고르시면 그곳의 담당만 보입니다."
        blocks.append(context("lead-held-more", f"{more:,}명이 더 있습니다.{hint}"))
    return blocks


def _row(held: HeldRole, team_id: str) -> Block:
    role = held.affiliation
    name = role.organisation.name
    own = role.team_id == team_id
    person = f"<@{role.user_id}>" if own else f"`{role.user_id}` (작업 공간 {role.team_id})"
    mark = " (본인이 고름)" if role.self_declared else ""
    until = f" {write_date(last_of(role.until))}까지" if role.until else ""
    line = f"{person} · {escape(name)} · {role.role.label} · {write_date(role.since)}부터{until}{mark}"
    if not held.may_end:
        return section(ids.numbered("lead-held", role.id), line)
    question = f"‘{name}’ {role.role.label} 소속을 오늘 거둡니다. 그동안의 보고는 그대로 있습니다."
    sure = confirmation("소속 거두기", question, "거두기")
    end = button(ids.LEAD_TAKE_BACK, "거두기", str(role.id), style="danger", confirm=sure)
    return section(ids.numbered("lead-held", role.id), line, end)
