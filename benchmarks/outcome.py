"""What a measurement gives: lines with a number, most of them a ratio with a target."""

from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Line:
    """One number. `at_most` or `at_least` is its target; neither where the number is given for information."""

    name: str
    value: float
    unit: str = "x"
    at_most: float | None = None
    at_least: float | None = None

    @property
    def is_met(self) -> bool | None:
        """Whether the target is met; None without one."""
        if self.at_least is not None:
            return self.value >= self.at_least
        return None if self.at_most is None else self.value <= self.at_most

    @property
    def shown(self) -> str:
        """One line of the table."""
        target = "" if self.at_most is None else f"<= {self.at_most:g}{self.unit}"
        if self.at_least is not None:
            target = f">= {self.at_least:g}{self.unit}"
        word = {None: "", True: "met", False: "MISSED"}[self.is_met]
        return f"{self.name:<66} {self.value:>10.3f} {self.unit:<5} {target:<12} {word}".rstrip()


@dataclass(slots=True)
class Outcome:
    """The lines of one measurement, and tables that show more than they do."""

    lines: list[Line] = field(default_factory=list)
    tables: list[str] = field(default_factory=list)

    def ratio(self, name: str, value: float, at_most: float | None = None) -> None:
        """Add a ratio to a peer."""
        self.lines.append(Line(name, value, "x", at_most))

    def told(self, name: str, value: float, unit: str) -> None:
        """Add a number that only explains the others."""
        self.lines.append(Line(name, value, unit))

    def share(self, name: str, value: float, at_least: float | None = None) -> None:
        """Add a share, of which more is better."""
        self.lines.append(Line(name, value, "", at_least=at_least))

    def bounded(self, name: str, value: float, unit: str, at_most: float) -> None:
        """Add a number with a target of its own."""
        self.lines.append(Line(name, value, unit, at_most))
