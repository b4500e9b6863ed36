"""Tables that passed their schemas before. What Frictionless says of a table follows from its cells alone."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass, field
from hashlib import sha256
from importlib.metadata import version
from pathlib import Path

from ..errors import Problem
from ..kept import Kept, program
from .gate import Table


@dataclass(frozen=True, slots=True)
class SoundTables:
    """Which tables passed; without a folder to keep that in, every table is checked each time."""

    kept: Kept | None = None
    asked: list[str] = field(default_factory=list)

    @classmethod
    def below(cls, folder: Path) -> SoundTables:
        """Return which tables passed, as it is kept in a folder."""
        own = sorted(path for path in Path(__file__).parent.rglob("*.*") if path.suffix in (".py", ".json"))
        return cls(Kept.of(folder, program(own, f"frictionless {version('frictionless')}")))

    def problems(self, table: Table, resource: str) -> Sequence[Problem]:
        """Check a table against its schema, where it did not pass before; return at most one problem a cell."""
        said = json.dumps([resource, table.header, table.rows])
        # Of many councils the tables themselves would fill the memory.
        asked = sha256(said.encode()).hexdigest()
        self.asked.append(asked)
        if self.kept and self.kept.found(asked) is not None:
            return ()
        # Frictionless takes a quarter of a second to load.
        from .tables import table_problems  # noqa: PLC0415

        found = tuple(table_problems(table, resource))
        if self.kept and not found:
            self.kept.put(asked, b"")
        return found

    def forget_others(self) -> None:
        """Remove what is known of tables that were not asked for."""
        if self.kept:
            self.kept.only(self.asked)
