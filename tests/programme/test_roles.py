"""Who may what: the whole table, written out once more."""

from datetime import date

import pytest

from gwannae.programme.organisations import COMMAND_LINE, Actor, Affiliation, Role
from gwannae.programme.roles import Deed, Standing, may, on_day, roles_for
from tests.builders import an_organisation

WHO = Actor("T0GARAM", "U0SOMEBODY")
OWN, OTHER = an_organisation(id=1), an_organisation(id=2, code="parks", name="꽃길과")

# role -> deeds upon one's own organisation, deeds upon any other
TABLE: dict[Role, tuple[set[Deed], set[Deed]]] = {
    Role.STAFF: ({Deed.REPORT, Deed.SNOOZE, Deed.KEEP_PROJECTS}, set()),
    Role.LEAD: (
        {
            Deed.REPORT,
            Deed.CORRECT,
            Deed.EXPORT,
            Deed.OBJECT,
            Deed.KEEP_PROJECTS,
            Deed.SNOOZE,
            Deed.RESTORE,
            Deed.CONFIRM,
            Deed.READ_RESULTS,
            Deed.LINK_CHANNEL,
            Deed.NAME_LEAD,
            Deed.NAME_STAND_IN,
            Deed.TAKE_BACK_AFFILIATION,
        },
        set(),
    ),
    Role.STAND_IN: (
        {
            Deed.REPORT,
            Deed.CORRECT,
            Deed.RESTORE,
            Deed.CONFIRM,
            Deed.READ_RESULTS,
            Deed.OBJECT,
            Deed.SNOOZE,
            Deed.KEEP_PROJECTS,
        },
        set(),
    ),
    Role.OFFICE: (set(Deed), set(Deed)),
    Role.PLANNING: ({Deed.READ_RESULTS, Deed.EXPORT}, {Deed.READ_RESULTS, Deed.EXPORT}),
}


def holding(role: Role, *, self_declared: bool = False) -> Standing:
    """Somebody with one role for OWN."""
    return Standing(WHO, (Affiliation(1, WHO.team_id, WHO.user_id, OWN, role, self_declared, date(2027, 1, 4)),))


@pytest.mark.parametrize("deed", Deed)
@pytest.mark.parametrize("role", Role)
def test_a_role_allows_what_the_table_says_and_nothing_else(role: Role, deed: Deed) -> None:
    own, elsewhere = TABLE[role]
    assert may(holding(role), deed, OWN.id) == (deed in own)
    assert may(holding(role), deed, OTHER.id) == (deed in elsewhere)
    assert may(holding(role), deed) == (deed in elsewhere)


@pytest.mark.parametrize("deed", Deed)
@pytest.mark.parametrize("role", Role)
def test_a_self_declared_role_allows_to_report_for_the_own_organisation_at_most(role: Role, deed: Deed) -> None:
    declared = holding(role, self_declared=True)
    assert not may(declared, deed, OWN.id) or deed is Deed.REPORT
    assert not may(declared, deed, OTHER.id) or (role, deed) == (Role.OFFICE, Deed.REPORT)
    assert not declared.is_office


def test_a_self_declared_staff_member_may_report() -> None:
    assert may(holding(Role.STAFF, self_declared=True), Deed.REPORT, OWN.id)


@pytest.mark.parametrize("deed", Deed)
def test_nobody_without_a_role_may_do_anything_and_the_command_line_may_do_all(deed: Deed) -> None:
    assert not may(Standing(WHO), deed, OWN.id)
    assert may(Standing(COMMAND_LINE), deed, OWN.id)


def test_nobody_of_a_workspace_is_taken_for_the_command_line() -> None:
    assert not Actor("T0GARAM", "cli").is_command_line
    assert not Actor("", "U0SOMEBODY").is_command_line


def test_the_roles_for_an_organisation_are_those_held_there() -> None:
    standing = Standing(
        WHO,
        tuple(
            Affiliation(i, WHO.team_id, WHO.user_id, of, role, False, date(2027, 1, 4))
            for i, (of, role) in enumerate([(OWN, Role.STAFF), (OWN, Role.LEAD), (OTHER, Role.STAFF)])
        ),
    )
    assert roles_for(standing, OWN.id) == {Role.STAFF, Role.LEAD}
    assert standing.organisations == (OWN.id, OTHER.id)


@pytest.mark.parametrize(
    ("day", "holds"),
    [("2027-01-03 일", False), ("2027-01-04 월", True), ("2027-06-13 일", True), ("2027-06-14 월", False)],
)
def test_an_affiliation_holds_from_its_first_day_until_the_day_before_its_end(day: str, holds: bool) -> None:
    held = Affiliation(1, "T", "U", OWN, Role.STAFF, False, date(2027, 1, 4), date(2027, 6, 14))
    assert bool(on_day([held], date.fromisoformat(day.split()[0]))) == holds
