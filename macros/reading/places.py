"""Where ``mkdocs.yml`` says that pages, templates and the site stand: in folders of the project, which hold no link.

It also says which folders among the pages are none of the site.

MkDocs publishes what stands there. A folder elsewhere, or a link, would publish what nobody has reviewed: files of the
machine that builds, or packages that wait under embargo.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from ..errors import Kind, Problem, Where, shortened
from .markup import EXTENSIONS
from .prose import UNPUBLISHED

_HERE = Where("mkdocs.yml")
_PACKAGES = "datapackages"
_FOLDERS = {"docs_dir": "docs", "site_dir": "site", "theme.custom_dir": "overrides"}
"""The settings that name a folder, and what each is called where nothing else is meant."""
_OWN = "markdown.extensions."
"""What may stand before the name of an extension that Markdown itself has."""


def place_problems(project: Path, config: Mapping[str, Any]) -> Iterator[Problem]:
    """Check that nothing but files of the project gets into the site.

    Args:
        project: the folder with ``mkdocs.yml``.
        config: what ``mkdocs.yml`` says.

    Yields:
        Each folder that is not one below the project, each link among the templates, each extension of Markdown that
        pages are not checked with, and each folder that would be published although nobody checks it.
    """
    theme = config.get("theme")
    named = {
        "docs_dir": config.get("docs_dir", "docs"),
        "site_dir": config.get("site_dir"),
        "theme.custom_dir": theme.get("custom_dir") if isinstance(theme, Mapping) else None,
    }
    for setting, folder in named.items():
        if folder is not None:
            problems = list(_folder_problems(project, setting, folder))
            yield from problems
            if setting == "theme.custom_dir" and not problems:
                yield from _link_problems(project, folder)
            if setting == "docs_dir" and not problems:
                yield from _exclusion_problems(project / folder, config.get("exclude_docs"))
    yield from _extension_problems(config.get("markdown_extensions"))


def _folder_problems(project: Path, setting: str, folder: object) -> Iterator[Problem]:
    """Check a folder that a setting names."""
    key = setting.rpartition(".")[2]
    fix = f"Name a folder of its own below the project, such as {key}: {_FOLDERS[setting]}"
    quoted = f'{setting} is "{shortened(str(folder))}"'
    if not isinstance(folder, str) or not _is_possible(project / folder):
        what = f"{quoted}, which is not the name of a folder."
    elif not is_below(project / folder, project):
        instead = "a link that leads out of" if (project / folder).is_symlink() else "not a folder below"
        what = f"{quoted}, which is {instead} the project: files from elsewhere could be published, or lost."
    elif _is_private(project / folder, project):
        what = f"{quoted}, which is a hidden folder, or one of packages."
    else:
        return
    yield Problem(_HERE, what, fix, kind=Kind.SETTINGS)


def _is_possible(path: Path) -> bool:
    """Whether the system can have such a path: no sign of it is refused, and no part too long."""
    try:
        path.lstat()
    except (FileNotFoundError, PermissionError):
        return True
    except (OSError, ValueError):
        return False
    return True


def is_below(path: Path, project: Path) -> bool:
    """Whether a path leads to a place below the project, through whatever links."""
    try:
        return project.resolve() in path.resolve().parents
    except (OSError, RuntimeError):  # a link that leads to itself
        return False


def _is_private(path: Path, project: Path) -> bool:
    """Whether a folder is of packages, or hidden as git's, where a pipeline may keep its password."""
    parts = path.resolve().relative_to(project.resolve()).parts
    return parts[0].casefold() == _PACKAGES or any(part.startswith(".") for part in parts)


def _link_problems(project: Path, name: str) -> Iterator[Problem]:
    """Refuse links among the templates and the files beside them. One inside the project may lead to packages."""
    folder = project / name
    for path in [folder, *sorted(folder.rglob("*"))]:
        if path.is_symlink():
            where = Where((Path(name) / path.relative_to(folder)).as_posix())
            what = "this is a link, which may lead to files that are not for readers."
            yield Problem(where, what, "Put the file or folder itself here.", kind=Kind.SETTINGS)


def _extension_problems(extensions: object) -> Iterator[Problem]:
    """Refuse extensions of Markdown that pages are not checked with, named alone or with their settings."""
    for one in extensions if isinstance(extensions, (list, Mapping)) else ():
        for name in one if isinstance(one, Mapping) else [one]:
            if str(name).removeprefix(_OWN) not in EXTENSIONS:
                what = f"markdown_extensions names {shortened(str(name))}, with which no page is checked: "
                what += "it may put other files, or what a browser runs, into pages."
                fix = f"Remove it. Pages may use: {', '.join(EXTENSIONS)}."
                yield Problem(_HERE, what, fix, kind=Kind.SETTINGS)


def _exclusion_problems(docs: Path, excluded: object) -> Iterator[Problem]:
    """Refuse to publish what stands among the pages and is not checked as they are."""
    lines = excluded.splitlines() if isinstance(excluded, str) else []
    for folder in UNPUBLISHED:
        if f"/{folder}" not in lines and (docs / folder).exists():
            place = f"{docs.name}/{folder.removesuffix('/')}"
            what = f"exclude_docs does not name {place}: what stands there would be published, "
            what += "and nobody has checked it as pages are."
            fix = f"Write on a line of its own below exclude_docs: /{folder}"
            yield Problem(_HERE, what, fix, kind=Kind.SETTINGS)
    for line in lines:
        if line.startswith("!"):
            what = f'exclude_docs takes "{shortened(line)}" back, which nobody has checked as pages are.'
            yield Problem(_HERE, what, "Remove that line.", kind=Kind.SETTINGS)
