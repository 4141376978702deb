"""How much is sown."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Size:
    """How many of each noun are made; key results and check-ins are spread over the objectives."""

    people: int = 300
    teams: int = 30
    cycles: int = 4
    objectives: int = 2_000
    key_results: int = 7_000
    check_ins: int = 50_000
    kpis: int = 60

    def problems(self) -> list[str]:
        """Return what can't be made, in plain words."""
        least = {"people": 1, "teams": 1, "cycles": 2, "objectives": 1, "key_results": 0, "check_ins": 0, "kpis": 0}
        found = [
            f"{name.replace('_', ' ')}: at least {number}, not {getattr(self, name)}"
            for name, number in least.items()
            if getattr(self, name) < number
        ]
        if self.check_ins and not self.key_results:
            found.append("check-ins need key results to stand on")
        return found
