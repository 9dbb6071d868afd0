"""최종 결산 as one organisation sees it: its own settled line, and what it was in the preliminary result."""

from dataclasses import dataclass

from gwannae.programme.results import ResultLine, StoredResult


@dataclass(frozen=True, slots=True)
class FinalNotice:
    """`before`: the organisation's line of the result that it was shown last; None where it stood in none."""

    line: ResultLine
    stored: StoredResult
    before: ResultLine | None = None

    @property
    def moved(self) -> bool:
        """Whether anything of its own figures or place is another than it was shown."""
        return self.before is not None and (self.before.rank, self.before.total) != (self.line.rank, self.line.total)
