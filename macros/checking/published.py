"""The files of a built site, listed once and read one at a time: a site may be larger than the memory."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path


class Published(Mapping[str, bytes]):
    """The bytes of files by their addresses, such as ``data/index.json``; a file is read each time it is asked for."""

    def __init__(self, root: Path, names: Iterable[str]) -> None:
        self._root = root
        self._names = dict.fromkeys(names)

    def __getitem__(self, name: str) -> bytes:
        """Read a file.

        Raises:
            KeyError: there was no such file when the site was listed.
        """
        if name not in self._names:
            raise KeyError(name)
        return (self._root / name).read_bytes()

    def __iter__(self) -> Iterator[str]:
        return iter(self._names)

    def __len__(self) -> int:
        return len(self._names)

    def __contains__(self, name: object) -> bool:
        """Whether there is such a file, without reading it."""
        return name in self._names

    def size(self, name: str) -> int:
        """Return how many bytes a file has."""
        return (self._root / name).stat().st_size

    @property
    def data(self) -> Published:
        """The files a reader takes away: all below ``data/`` but its pages."""
        return Published(self._root, (name for name in self if name.startswith("data/") and not name.endswith(".html")))

    def texts(self) -> Iterator[tuple[str, str | None]]:
        """Read each page.

        Yields:
            Its address and its text, None where it is not text; lines end in a line feed. No page is kept here.
        """
        for name in self:
            if name.endswith(".html"):
                try:
                    yield name, (self._root / name).read_text("utf-8")
                except UnicodeDecodeError:
                    yield name, None


def published(root: Path) -> Published:
    """List the files of a built site, in the order of their folders. One that is a link to elsewhere is left out."""
    root = root.resolve()
    return Published(root, sorted(_names(root, ""), key=lambda name: name.split("/")))


def _names(root: Path, folder: str) -> Iterator[str]:
    with os.scandir(root / folder) as entries:
        for entry in entries:
            name = f"{folder}{entry.name}"
            if entry.is_dir(follow_symlinks=False):
                yield from _names(root, f"{name}/")
            elif entry.is_file() and (not entry.is_symlink() or Path(entry.path).resolve().is_relative_to(root)):
                yield name
