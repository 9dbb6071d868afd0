"""예비 결산 as one organisation sees it: its own line and until when it may object."""

from dataclasses import dataclass
from datetime import date

from gwannae.programme.results import ResultLine, StoredResult


@dataclass(frozen=True, slots=True)
class PreliminaryNotice:
    """`organisation_id`: whose line it is. `until`: the last day of objections."""

    organisation_id: int
    line: ResultLine
    stored: StoredResult
    until: date | None
