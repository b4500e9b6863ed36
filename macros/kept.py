"""What was made in an earlier build, kept in files. A file that is not exactly what was kept is made again.

The name of a file is a digest of what was asked for; its first bytes are a seal on that and on its content, made with a
secret of this user of this machine, which lies outside the project. So a file that was cut off, altered, put in the
place of another, or brought along by a merge request is known, and the same input gives the same bytes with what is
kept and without.
"""

from __future__ import annotations

import errno
import os
import secrets
import shutil
import tempfile
from collections.abc import Callable, Iterable
from contextlib import suppress
from dataclasses import dataclass
from functools import cache
from hashlib import sha256
from hmac import compare_digest, digest
from pathlib import Path

from platformdirs import user_cache_path

_SEAL = sha256().digest_size


@dataclass(frozen=True, slots=True)
class Kept:
    """A folder of what one state of the program made."""

    folder: Path

    @classmethod
    def of(cls, root: Path, state: str) -> Kept:
        """Return what a state of the program keeps; what other states kept is removed, as nobody asks for it again."""
        kept = cls(root / state)
        with suppress(OSError):
            for other in root.glob("*") if _is_ours(kept.folder) else ():
                if other.name != state:
                    shutil.rmtree(other, ignore_errors=True)
        return kept

    @property
    def works(self) -> bool:
        """Whether anything can be kept: the folder is ours, and this user of this machine has or may make a secret."""
        try:
            return bool(_secret(self.folder))
        except OSError:
            return False

    def holds(self, what: str) -> bool:
        """Whether something is kept, be it sound or spoilt."""
        with suppress(OSError):
            return self._path(what).exists()
        return False

    def get(self, what: str, make: Callable[[], bytes]) -> bytes:
        """Return what is kept, or make and keep it.

        Args:
            what: everything the result follows from, but for the program.
            make: makes the result.
        """
        content = self.found(what)
        if content is None:
            content = make()
            self.put(what, content)
        return content

    def found(self, what: str) -> bytes | None:
        """Return what is kept; None where nothing is, or it is spoilt."""
        path = self._path(what)
        with suppress(OSError):
            secret = _secret(self.folder)
            # A merge request could bring a link along, to a file of whoever builds or one without an end.
            data = b"" if path.is_symlink() else path.read_bytes()
            content = data[_SEAL:]
            if compare_digest(data[:_SEAL], _seal(secret, path.name, content)):
                return content
        return None

    def put(self, what: str, content: bytes) -> None:
        """Keep something, in the place of what was kept of it before."""
        path = self._path(what)
        # What cannot be kept, on a disk that is full or may not be written to, is made again next time.
        with suppress(OSError):
            _write(path, _seal(_secret(self.folder), path.name, content) + content)

    def only(self, wanted: Iterable[str]) -> None:
        """Remove all but what is wanted: what an edit has replaced is not asked for again."""
        names = {self._path(what).name for what in wanted}
        with suppress(OSError):
            for path in self.folder.iterdir() if _is_ours(self.folder) else ():
                if path.name not in names:
                    path.unlink(missing_ok=True)

    def _path(self, what: str) -> Path:
        return self.folder / sha256(what.encode()).hexdigest()


@cache
def _is_ours(folder: Path) -> bool:
    """Whether no link stands in the place of a folder of ours, or of the two above it.

    A merge request could bring one along, which leads to the folders of whoever builds.
    """
    return not any(path.is_symlink() for path in (folder, folder.parent, folder.parent.parent))


def _write(path: Path, data: bytes) -> None:
    """Write a file whole or not at all, as two builds may keep the same thing at once. Nobody else may read it."""
    path.parent.mkdir(parents=True, exist_ok=True)
    descriptor, aside = tempfile.mkstemp(dir=path.parent, prefix=".")
    try:
        with os.fdopen(descriptor, "wb") as file:
            file.write(data)
        Path(aside).replace(path)
    finally:
        Path(aside).unlink(missing_ok=True)


def program(files: Iterable[Path], *versions: str) -> str:
    """Return a name for the state of a program: its files and the versions of what it uses."""
    digest = sha256("\n".join(versions).encode())
    for file in files:
        digest.update(sha256(file.read_bytes()).digest())
    return digest.hexdigest()[:16]


@cache
def whole_program() -> str:
    """Return a name for the state of all files of this program, as they were when it was first asked for."""
    folder = Path(__file__).parent
    return program(sorted(path for path in folder.rglob("*.*") if path.suffix != ".pyc" and path.is_file()))


def _seal(secret: bytes, name: str, content: bytes) -> bytes:
    """Seal what is kept under a name."""
    return digest(secret, f"{name}\n".encode() + content, "sha256")


def _place() -> Path:
    """Return where the secret of this user of this machine lies.

    Raises:
        OSError: the system names no folder of this user, as where nobody is known by the number that runs this.
    """
    try:
        return user_cache_path("answerable", appauthor=False).resolve() / "secret"
    except RuntimeError as error:
        raise FileNotFoundError(error) from error


@cache
def _secret(folder: Path) -> bytes:
    """Return the secret of this user of this machine, which is made when it is asked for the first time.

    Args:
        folder: where things are kept: the folder of a state, in that of a kind, in that of a project.

    Raises:
        OSError: it cannot be read, or not be made; the folder is not ours; or the secret would lie inside the project,
            as where the cache of the system is a folder of it, so that a merge request could bring one along.
    """
    path = _place()
    if not _is_ours(folder) or path.is_relative_to(folder.resolve().parents[2]):
        raise PermissionError(errno.EACCES, os.strerror(errno.EACCES))
    with suppress(FileNotFoundError):
        if len(secret := path.read_bytes()) == _SEAL:
            return secret
    _write(path, secrets.token_bytes(_SEAL))
    # Another process may have put its own there since.
    return path.read_bytes()
