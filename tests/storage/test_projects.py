"""Projects with the rows of their bills, and what was bought of their things before, on both databases."""

from datetime import UTC, date, datetime

from gwannae.programme.organisations import COMMAND_LINE
from gwannae.programme.projects import Item, ProjectForm, Stage
from gwannae.programme.purchase_kind import PurchaseKind
from gwannae.programme.ratio import Ratio
from gwannae.programme.verdict import Verdict
from gwannae.storage import organisations, projects, purchases
from gwannae.storage.database import Database
from tests.builders import a_draft, a_judgement, a_seed

AT = datetime(2027, 6, 1, tzinfo=UTC)
ITEMS = (Item("가로등", "LED", "EA", "4", 2_000_000, "전기", 5), Item("조형물", "", "식", "1", None, "", 9))


def test_a_project_is_kept_once_for_each_form_and_name_and_comes_back_whole(database: Database) -> None:
    with database.write() as tx:
        own = organisations.save_organisations(tx, [a_seed()]).added[0].id
        form = ProjectForm("한빛로 정비", own, PurchaseKind.WORKS, Stage.DETAILED_DESIGN, date(2027, 9, 1), 300_000_000)
        made = projects.add(tx, form, ITEMS, "p1", by=COMMAND_LINE, at=AT)
        assert made is not None
        assert projects.add(tx, form, ITEMS, "p1", by=COMMAND_LINE, at=AT) is None
        other = ProjectForm("한빛로  정비", own, PurchaseKind.GOODS, Stage.PLANNING, date(2027, 8, 1))
        assert projects.add(tx, other, ITEMS, "p2", by=COMMAND_LINE, at=AT) is None, "the name is taken"
        assert projects.named(tx, own, "한빛로정비") == made
        later = projects.by_id(tx, made)
        assert later is not None
        assert (later.form, later.items, later.amount, later.at) == (form, 2, 2_000_000, AT)
        assert projects.by_form(tx, "p1") == later
        assert projects.all_projects(tx) == (later,)
        assert projects.items(tx, made) == ITEMS
        assert projects.by_id(tx, made + 1) is None


def test_what_was_bought_before_is_counted_by_side_without_what_was_cancelled(database: Database) -> None:
    with database.write() as tx:
        own = organisations.save_organisations(tx, [a_seed()]).added[0].id
        for key, verdict, amount in (
            ("a", Verdict.LOCAL, 300),
            ("b", Verdict.OUTSIDE, 700),
            ("c", Verdict.UNCONFIRMED, 50),
            ("d", Verdict.OUTSIDE, 9_000),
        ):
            draft = a_draft(form_key=key, organisation_id=own, amount=amount, item="LED 가로등", title=key)
            made = purchases.add(
                tx, draft, a_judgement(verdict=verdict), actor=COMMAND_LINE, self_declared=False, at=AT
            )
            if key == "d":
                purchases.cancel(tx, made.id, made.version, actor=COMMAND_LINE, at=AT)
        found = projects.bought_before(tx, ["led가로등", "없는것", ""])
        assert list(found) == ["led가로등"]
        one = found["led가로등"]
        assert (one.count, one.amount) == (Ratio(1, 2), Ratio(300, 1_000))
        assert (one.unconfirmed, one.least, one.most, one.times) == (1, 50, 700, 3)
