"""Answerable: data packages of what a council promised, delivered and saved, made into a website that can be checked.

This file and ``hooks.py`` are the only ones that know MkDocs. mkdocs-macros calls ``define_env`` before any page is
built; what pages may call stands in ``page_macros``.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any


def define_env(env: Any) -> None:
    """Check settings and packages before any page is built, unless they were; then hand pages their macros.

    Raises:
        PluginError: every problem of the settings and packages, in one list.
    """
    from mkdocs.exceptions import PluginError  # noqa: PLC0415 - the command line must not wait for MkDocs

    from .drawing import drawings  # noqa: PLC0415
    from .errors import ReportError  # noqa: PLC0415
    from .page_macros import calls  # noqa: PLC0415
    from .publishing import workbooks  # noqa: PLC0415
    from .site import CACHE, build_day, configuration, handed, made, preview_asked  # noqa: PLC0415

    drawings.keep(Path(env.project_dir, CACHE, "charts"))
    workbooks.keep(Path(env.project_dir, CACHE, "workbooks"))
    try:
        known = handed()
        if known is None:
            # A build has read the settings as a check does; MkDocs alone has not.
            configuration(Path(env.project_dir))
        macros = made(env.project_dir, env.conf, build_day(), preview_asked(), known)
    except ReportError as error:
        raise PluginError(str(error)) from None
    macros.root = lambda: "../" * env.page.url.count("/")
    for name, macro in calls(macros).macros.items():
        env.macro(macro, name)
    env.answerable = macros
