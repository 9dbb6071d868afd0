"""설계 단계의 사업: register one with its bill, and look for local makers of each thing before it is ordered."""

from collections.abc import Iterable, Iterator
from dataclasses import replace
from datetime import date, datetime
from hashlib import sha256
from itertools import chain, islice

from gwannae.actions.people import standing
from gwannae.actions.permission import allowed, asked, refuse
from gwannae.actions.shelf import Shelf
from gwannae.actions.toolkit import Toolkit
from gwannae.actions.vendor_search import Answer, Question, find
from gwannae.programme.affiliation import NotAllowed
from gwannae.programme.audit import AuditEntry, AuditEvent
from gwannae.programme.hangul import search_key
from gwannae.programme.organisations import Actor
from gwannae.programme.place_sets import PlaceSet, all_places, where
from gwannae.programme.projects import (
    MOST_ITEMS,
    SHOWN_FIRMS,
    BoughtBefore,
    Candidate,
    Item,
    Looked,
    MissingTold,
    Need,
    Project,
    ProjectDesk,
    ProjectFault,
    ProjectForm,
    ProjectKept,
    ProjectRefused,
    Review,
    needs_of,
    project_fault,
    read_typed,
    words_of,
)
from gwannae.programme.roles import Deed, may
from gwannae.programme.search import words_alone
from gwannae.programme.vendor_order import making
from gwannae.programme.vendors import CertificateKind, Vendor
from gwannae.programme.verdict import Verdict
from gwannae.readers.projects import Bill, read_bill
from gwannae.readers.vendor_cells import clean
from gwannae.storage import audit, events, missing_items, organisations, projects
from gwannae.storage import vendors as vendor_store
from gwannae.storage.database import Transaction

SUBJECT = "projects"  # in the audit log
DEED = Deed.KEEP_PROJECTS


def register(
    toolkit: Toolkit, actor: Actor, form: ProjectForm, items: tuple[Item, ...], form_key: str, now: datetime
) -> ProjectKept | ProjectRefused | NotAllowed:
    """Keep a project with all its rows, or nothing of it. The same `form_key` again keeps nothing more."""
    form = ProjectForm(
        clean(form.name), form.organisation_id, form.kind, form.stage, form.ordered_in.replace(day=1), form.budget
    )
    with toolkit.database.write() as tx:
        if not allowed(tx, actor, now, DEED, SUBJECT, form.organisation_id):
            return NotAllowed()
        if (known := projects.by_form(tx, form_key)) is not None:
            return ProjectKept(known, fresh=False)
        if fault := project_fault(form, items, now.date()):
            return ProjectRefused(fault)
        project_id = projects.add(tx, form, items, form_key, by=actor, at=now)
        if project_id is None:
            other = projects.named(tx, form.organisation_id, form.name)
            return ProjectRefused(ProjectFault.NAME_TAKEN, other or 0)
        detail = {"project": project_id, "organisation": form.organisation_id, "items": len(items)}
        audit.write(tx, AuditEntry(now, actor.team_id, actor.user_id, AuditEvent.PROJECT_REGISTERED, SUBJECT, detail))
        made = projects.by_id(tx, project_id)
        assert made is not None, "it was written above"
        return ProjectKept(made, fresh=True)


def register_typed(
    toolkit: Toolkit, actor: Actor, form: ProjectForm, typed: tuple[str, int], form_key: str, now: datetime
) -> ProjectKept | ProjectRefused | NotAllowed:
    """The same from a form: `typed` are its lines and the id of an earlier project whose rows come behind (0: none)."""
    text, copied = typed
    items = read_typed(text)
    if copied:
        with toolkit.database.read() as tx:
            earlier = projects.by_id(tx, copied)
            if earlier is not None and may(standing(tx, actor, now.date()), DEED, earlier.form.organisation_id):
                items = (*items, *projects.items(tx, copied))[:MOST_ITEMS]
    return register(toolkit, actor, form, items, form_key, now)


def register_bill(
    toolkit: Toolkit, actor: Actor, form: ProjectForm, content: bytes, form_key: str, now: datetime
) -> tuple[ProjectKept | ProjectRefused | NotAllowed, Bill]:
    """The same from a bill's bytes, with how it was read.

    Raises:
        FileFault: the file is no bill; nothing was kept.
    """
    bill = read_bill(content)
    return register(toolkit, actor, form, bill.items, form_key, now), bill


def remove(toolkit: Toolkit, actor: Actor, project_id: int, now: datetime) -> Project | NotAllowed | None:
    """Take out a project that was registered by mistake, or is not to be; the audit log keeps that it was there.

    None where there is no such project (any more).
    """
    with toolkit.database.write() as tx:
        project = projects.by_id(tx, project_id)
        whose = project.form.organisation_id if project else None
        if not allowed(tx, actor, now, DEED, SUBJECT, whose):
            return NotAllowed()
        if project is None:
            return None
        projects.remove(tx, project_id)
        detail = {"project": project_id, "organisation": whose, "name": project.form.name, "items": project.items}
        audit.write(tx, AuditEntry(now, actor.team_id, actor.user_id, AuditEvent.PROJECT_REMOVED, SUBJECT, detail))
        return project


def project_desk(toolkit: Toolkit, actor: Actor, now: datetime) -> ProjectDesk | NotAllowed:
    """The projects of the person's own organisations, of all for the office; who has none to see is noted."""
    with toolkit.database.read() as tx:
        who = standing(tx, actor, now.date())
        own = [i for i in who.organisations if may(who, DEED, i)]
        if own or may(who, DEED):
            found = (organisations.by_id(tx, i) for i in own)
            names = tuple((o.id, o.name) for o in found if o is not None and o.active)
            seen = tuple(p for p in projects.all_projects(tx) if may(who, DEED, p.form.organisation_id))
            return ProjectDesk(now.date(), names, seen)
    with toolkit.database.write() as tx:
        refuse(tx, actor, now, DEED, SUBJECT)
    return NotAllowed()


def list_projects(toolkit: Toolkit, actor: Actor, now: datetime) -> tuple[Project, ...] | NotAllowed:
    """All projects by planned month, for whoever may see those of every organisation."""
    if not asked(toolkit, actor, now, DEED, SUBJECT):
        return NotAllowed()
    with toolkit.database.read() as tx:
        return projects.all_projects(tx)


def review(
    toolkit: Toolkit, actor: Actor, project_id: int, now: datetime, most: int | None = None, counted: int | None = None
) -> Review | NotAllowed | None:
    """What is known today of a project's things: the `most` with most planned money, or all of them.

    `counted`: how many are looked for to count those without a maker, for a window that must open within seconds
    (5,000 take about four). None where there is no such project. The look-up is done outside of any lock.
    """
    with toolkit.database.read() as tx:
        project = projects.by_id(tx, project_id)
        needs = needs_of(projects.items(tx, project_id))
    if project is None:
        return None if asked(toolkit, actor, now, DEED, SUBJECT) else NotAllowed()
    if not asked(toolkit, actor, now, DEED, SUBJECT, project.form.organisation_id):
        return NotAllowed()
    shown = needs[:most]
    with toolkit.database.read() as tx:
        shelf = toolkit.shelf.current(tx, now.date())
        makers = makers_of(shelf)
        bought = projects.bought_before(tx, [need.key for need in shown])
        met = [_Met(toolkit, tx, shelf, makers, need) for need in needs[:counted]]
        firms = vendor_store.vendors(tx, chain.from_iterable(one.vendor_ids() for one in met[: len(shown)]))
    looked = tuple(one.looked(firms, bought.get(one.need.key), now.date()) for one in met[: len(shown)])
    without_maker = sum(not one.makers for one in met)
    return Review(project, looked, len(needs), len(met), without_maker, sum(not one.local for one in met))


def tell_missing(
    toolkit: Toolkit, actor: Actor, project_id: int, now: datetime, most: int
) -> MissingTold | NotAllowed | None:
    """Put the things without any local firm, of the `most` dearest, on the office's list of missing words.

    A project counts once for each. None where there is no such project.
    """
    found = review(toolkit, actor, project_id, now, most, most)
    if not isinstance(found, Review):
        return found
    form, fresh = found.project.form, 0
    words = tuple(words_of(one.need.name) for one in found.looked if not one.makers + one.sellers)
    with toolkit.database.write() as tx:
        for word in words:
            key = search_key(word)
            if events.first_time(tx, f"missing:project-{project_id}:{sha256(key.encode()).hexdigest()}", now):
                missing_items.add(tx, word, key, form.organisation_id, now)
                fresh += 1
    return MissingTold(words, fresh)


def makers_of(shelf: Shelf) -> PlaceSet:
    """Where the firms stand that are proven or stated to make what they offer."""
    of_all = all_places(len(shelf.vendor_ids))
    return where(of_all, lambda place: CertificateKind.DIRECT_PRODUCTION in shelf.certificates[place])


class _Met:
    """The local firms that one need led to. A guess of what might have been meant is nobody: it would be a claim."""

    __slots__ = ("_answer", "_sets", "_shelf", "local", "makers", "need", "unconfirmed")

    def __init__(self, toolkit: Toolkit, tx: Transaction, shelf: Shelf, makers: PlaceSet, need: Need) -> None:
        self.need = need
        self._shelf = shelf
        words = words_of(need.name)  # of a thing: a district or a kind in it is a part of its name, not a filter
        answer = find(toolkit, tx, shelf, Question(replace(words_alone(words), rest=words)))
        self._answer: Answer | None = None if answer.found.firms.guesses and not answer.meant else answer
        found = answer.found.fitting & shelf.by_verdict[Verdict.LOCAL] if self._answer else PlaceSet()
        self._sets = (found & makers, found - makers)
        self.local, self.makers = len(found), len(self._sets[0])
        self.unconfirmed = self._answer.unconfirmed if self._answer else 0

    def vendor_ids(self) -> Iterator[int]:
        """The firms that are shown, makers first, each sort in the order of the day."""
        return islice(self._in_order(), SHOWN_FIRMS)

    def _in_order(self) -> Iterator[int]:
        if self._answer is not None:
            for places in self._sets:
                for _, _, place in self._answer.found.firms.in_order(places):
                    yield self._shelf.vendor_ids[place]

    def looked(self, firms: dict[int, Vendor], bought: BoughtBefore | None, day: date) -> Looked:
        """With the firms that were read."""
        shown = _candidates((firms[i] for i in self.vendor_ids() if i in firms), day)
        sellers = self.local - self.makers
        return Looked(self.need, self.makers, sellers, self.unconfirmed, shown, bought, self._looked_for())

    def _looked_for(self) -> str:
        answer = self._answer
        if answer is None or not self.local or not (answer.found.left_out or answer.meant):
            return ""
        return ", ".join(answer.meant.words) if answer.meant else " ".join(answer.found.words)


def _candidates(firms: Iterable[Vendor], day: date) -> tuple[Candidate, ...]:
    found = []
    for firm in firms:
        held = [c for c in firm.certificates if c.holds_on(day)]
        labels = tuple(dict.fromkeys(c.kind.label for c in held))
        found.append(Candidate(firm.id, firm.name, making(firm.makes, held, day), labels))
    return tuple(sorted(found, key=lambda firm: firm.making))
