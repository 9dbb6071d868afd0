"""Whose a row of a purchase file is: the organisation that its 부서 column names, or the one the file was given for."""

from collections.abc import Mapping
from datetime import date

from gwannae.actions.people import standing
from gwannae.programme.hangul import search_key
from gwannae.programme.import_questions import Answer, Question, QuestionKind
from gwannae.programme.organisations import Actor, Organisation, Role
from gwannae.programme.purchase_lines import LineFault
from gwannae.storage import organisations
from gwannae.storage.database import Transaction

MOST_CHOICES = 4
ROWS_NAMED = 20


class Owners:
    """The organisations that this person may report for, and how the file's words lead to them.

    The office may drop a whole city's file; everybody else reports for their own organisation alone.
    """

    def __init__(self, tx: Transaction, actor: Actor, given: int | None, day: date) -> None:
        every = organisations.all_organisations(tx)
        who = standing(tx, actor, day)
        own = {a.organisation.id for a in who.affiliations if not a.self_declared and a.role in (Role.STAFF, Role.LEAD)}
        self._given = next((o for o in every if o.id == given), None)
        if who.is_office:
            self._allowed = {o.id for o in every}
        elif own:
            self._allowed = own & {o.id for o in every}
        else:
            self._allowed = {self._given.id} if self._given else set()
        # Who belongs to none yet names one by reporting, see `people.reporting_role`.
        self._may_name_one = not who.is_office and not own and self._given is None
        self._every = every
        self._by_key: dict[str, list[Organisation]] = {}
        for organisation in every:
            for word in {search_key(organisation.name), search_key(organisation.code)}:
                self._by_key.setdefault(word, []).append(organisation)
        self._known: dict[str, list[Organisation]] = {}

    def of(self, word: str, answers: Mapping[str, str]) -> int | LineFault | None:
        """The organisation's id; a fault where the row cannot be taken; None where it must be asked."""
        named = self._named(word)
        answer = answers.get(self._key(word))
        if answer == Answer.LEAVE_OUT:
            return LineFault.LEFT_OUT
        if answer is not None and answer.isdecimal():
            return self._if_allowed(int(answer))
        if len(named) == 1:
            return self._if_allowed(named[0].id)
        if not named and self._given is not None:  # a team's name, an abbreviation: what the file was given for
            return self._if_allowed(self._given.id)
        if not self._allowed and not (self._may_name_one and not word):
            return LineFault.ORGANISATION_NOT_ALLOWED
        return None

    def question(self, word: str, rows: tuple[tuple[str, int], ...]) -> Question:
        """Whose rows they are that say `word` (empty: nothing)."""
        near = [o for o in self._named(word) if o.id in self._allowed]
        mine = [o for o in self._every if o.id in self._allowed] if len(self._allowed) <= MOST_CHOICES else []
        choices = tuple((str(o.id), o.name) for o in (near or mine)[:MOST_CHOICES])
        values = {"word": word, "times": len(rows)}
        return Question(self._key(word), QuestionKind.ORGANISATION, rows[:ROWS_NAMED], choices, values)

    def _if_allowed(self, organisation_id: int) -> int | LineFault:
        return organisation_id if organisation_id in self._allowed else LineFault.ORGANISATION_NOT_ALLOWED

    def _named(self, word: str) -> list[Organisation]:
        """Whom a cell names: by name or code, or by its end ("가람시 총무과"), the longest name first."""
        if not word:
            return []
        if word not in self._known:
            key = search_key(word)
            found = self._by_key.get(key, [])
            if not found:
                ends = [known for known in self._by_key if len(known) > 1 and key.endswith(known)]
                found = self._by_key[max(ends, key=len)] if ends else []
            self._known[word] = found
        return self._known[word]

    @staticmethod
    def _key(word: str) -> str:
        return f"{QuestionKind.ORGANISATION.value}:{search_key(word)}"
