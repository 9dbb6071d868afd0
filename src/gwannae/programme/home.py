"""What the Home tab shows: who the person is here, their figures and reports, and what the office must look at."""

from dataclasses import dataclass, field
from datetime import date

from gwannae.programme.agenda import Agenda
from gwannae.programme.confirmations import PeriodOverview, PeriodState
from gwannae.programme.local_standings import ScoreExplained
from gwannae.programme.new_year import YearNote
from gwannae.programme.organisations import Affiliation, Organisation
from gwannae.programme.outside_reasons import Unanswered
from gwannae.programme.purchases import Purchase
from gwannae.programme.rejudgement import UnconfirmedList
from gwannae.programme.standings import Place
from gwannae.programme.vendor_doubts import Doubt


@dataclass(frozen=True, slots=True)
class OfficeDesk:
    """For the programme office alone: organisations without a channel, words without a local firm, records that staff
    doubt, how many certificates end soon, who has confirmed the periods that are over, and
    what has no verdict yet, what goes out next, and the year that waits to be opened.
    """

    organisations: int
    unlinked: tuple[Organisation, ...]
    missing: tuple[tuple[str, int], ...]
    doubts: tuple[Doubt, ...] = ()
    ending: int = 0
    confirmations: tuple[PeriodOverview, ...] = ()
    unconfirmed: UnconfirmedList | None = None
    agenda: Agenda = field(default_factory=Agenda)
    new_year: YearNote | None = None


@dataclass(frozen=True, slots=True)
class Home:
    """One person's Home tab. `declared` are affiliations that the person may confirm or take back; `may_export`:
    purchases, of one organisation at least, as a file. `unanswered`: outside ones that wait for a reason; `to_confirm`:
    periods that wait for the person's word as a lead; `agenda`: the days that lie ahead. `score`: where the
    person's organisation stands by the year's formula, if it has one, and what would lift it.
    """

    day: date
    affiliations: tuple[Affiliation, ...]
    is_office: bool
    place: Place | None
    ranked: int
    recent: tuple[Purchase, ...]
    declared: tuple[Affiliation, ...]
    desk: OfficeDesk | None
    vendors: int
    as_of: date | None
    may_export: bool = False
    unanswered: Unanswered = field(default_factory=Unanswered)
    to_confirm: tuple[PeriodState, ...] = ()
    agenda: Agenda = field(default_factory=Agenda)
    score: ScoreExplained | None = None
