"""Pages a person writes, before any template engine runs them: a page may only call our macros with literal arguments.

Jinja in a page is a program. Each page's template is therefore parsed and refused unless every expression is a call of
a known macro with literal arguments. What is left is texts and calls, and nothing is compiled or run but those macros.
"""

from __future__ import annotations

import inspect
import re
from collections.abc import Callable, Collection, Iterator, Mapping
from dataclasses import dataclass
from difflib import get_close_matches
from functools import lru_cache, partial
from pathlib import Path
from typing import Any, cast

import yaml
from jinja2 import Environment, TemplateSyntaxError, nodes

from ..errors import Kind, Problem, Where, shortened
from .markup import markup_problems

UNPUBLISHED = ("decisions/", "pictures/", "publish/")
"""Folders below ``docs`` that are for people who work on the project."""
FRONT_MATTER = ("title", "description", "hide")
"""What a page may say about itself before its text."""


@dataclass(frozen=True, slots=True)
class Calls:
    """What pages may call: the macros by name, and for each name of a parameter the words it takes."""

    macros: Mapping[str, Callable[..., str]]
    words: Mapping[str, Collection[str]]


_SYNTAX = Environment()  # noqa: S701 - it parses pages, and renders nothing
_MARKUP = set("<>{}\"'`")
_OTHER_ENDINGS = (".markdown", ".mdown", ".mkdn", ".mkd")
"""Endings of names that MkDocs renders, too."""
_FILES = (".md", ".png", ".jpg", ".jpeg", ".webp", ".gif", ".pdf")
"""Endings of files that may stand beside pages. A picture in SVG and a page in HTML can run a script."""
# Both as MkDocs has them: what the check takes for front matter and what MkDocs does must be the same lines.
_FRONT = re.compile(r"---[ \t]*\n(.*?\n)(?:\.{3}|---)[ \t]*\n", re.DOTALL)
_SETTING = re.compile(r"[ ]{0,3}[A-Za-z0-9_-]+:")


def written(docs: Path) -> list[str]:
    """Return the Markdown pages a person wrote, by their path below ``docs``; what the site leaves out is left out."""
    found = (path.relative_to(docs).as_posix() for path in sorted(docs.rglob("*.md")))
    return [path for path in found if not path.startswith(UNPUBLISHED)]


def pages_problems(docs: Path, calls: Calls) -> Iterator[Problem]:
    """Check every page a person wrote, and that no other file leads elsewhere or is rendered unchecked."""
    pages = written(docs)
    if docs.is_symlink():
        what = "this is a link, which may lead to files of others."
        yield Problem(Where(docs.name), what, "Put the folder itself here.", kind=Kind.PAGE)
    for path in sorted(docs.rglob("*")):
        place = path.relative_to(docs).as_posix()
        where = Where(f"{docs.name}/{place}")
        if path.is_symlink():
            yield Problem(where, "this is a link, not a file.", "Put the file itself here.", kind=Kind.PAGE)
        elif place.startswith(UNPUBLISHED):
            continue
        elif not path.is_file() and (place in pages or not path.is_dir()):
            fix = "Put the file itself here, or give a folder a name that does not end in .md."
            yield Problem(where, "this is a folder or a pipe, not a file.", fix, kind=Kind.PAGE)
        elif path.suffix in _OTHER_ENDINGS:
            yield Problem(where, "the name of a page ends in .md.", "Rename it.", kind=Kind.PAGE)
        elif path.is_file() and path.suffix.lower() not in _FILES:
            what = f"a file of this kind may not stand among the pages; they are: {', '.join(_FILES)}."
            fix = "Save it as one of these, such as a picture as PNG, or remove it."
            yield Problem(where, what, fix, kind=Kind.PAGE)
        elif place in pages:
            yield from _file_problems(path, where.file, calls)


def _file_problems(path: Path, file: str, calls: Calls) -> Iterator[Problem]:
    try:
        text = path.read_text("utf-8-sig")
    except UnicodeDecodeError as error:
        where = Where(file, error.object[: error.start].count(b"\n") + 1)
        yield Problem(
            where, "the text is not saved as UTF-8.", "In the editor choose Save with Encoding, UTF-8.", kind=Kind.PAGE
        )
    else:
        yield from page_problems(text, file, calls)


def page_problems(text: str, file: str, calls: Calls) -> Iterator[Problem]:
    """Check one page: its front matter, and that it calls only our macros, with literal arguments.

    Args:
        text: the page as written.
        file: what messages call the page.
        calls: what pages may call.
    """
    text = text.removeprefix("\ufeff")
    front = _FRONT.match(text)
    if front:
        yield from _front_matter_problems(front[1], file)
    elif _SETTING.match(text):
        what = "this line would be taken for a setting of the page, and not be shown."
        fix = "Begin the page with a heading, and write settings between --- and ---."
        yield Problem(Where(file, 1), what, fix, kind=Kind.PAGE)
    begin = front.end() if front else 0
    first = text.count("\n", 0, begin) + 1
    yield from _template_problems(text[begin:], file, first, calls)
    yield from markup_problems(text[begin:], file, first)


@lru_cache(maxsize=1)
def _parsed(body: str) -> nodes.Template:
    """Return the texts and calls of a page, which is checked and then at once read.

    Raises:
        TemplateSyntaxError: its braces cannot be read.
        RecursionError: they are nested too deeply.
        ValueError: a number is too long.
    """
    return _SYNTAX.parse(body)


def _template_problems(body: str, file: str, first: int, calls: Calls) -> Iterator[Problem]:
    """Check a page's text, whose first line is that line of its file."""
    row, what = first, ""
    try:
        tree = _parsed(body)
    except TemplateSyntaxError as error:
        row, what = first + error.lineno - 1, str(error.message)
    except RecursionError:
        what = "they are nested too deeply"
    except ValueError:
        what = "a number is too long"
    if what:
        fix = 'A macro is called like this: {{ measure_table("council-tax-collected") }}.'
        yield Problem(Where(file, row), f"the braces on this line cannot be read ({what}).", fix, kind=Kind.PAGE)
        return
    for part in _parts(tree):
        if not isinstance(part, nodes.TemplateData):
            where = Where(file, first + _line(part) - 1)
            found = list(_expression_problems(part, where, calls))
            yield from found
            if not found and body.splitlines()[_line(part) - 1].startswith("#"):
                what = "a macro stands in a heading, which the navigation of every page repeats."
                yield Problem(where, what, "Write the heading in words.", kind=Kind.PAGE)


def _parts(tree: nodes.Template) -> Iterator[nodes.Node]:
    """Yield the texts of a page and whatever stands in braces between them."""
    for node in tree.body:
        yield from node.nodes if isinstance(node, nodes.Output) else [node]


def _line(node: nodes.Node) -> int:
    """Return the line a node begins on; a few have none of their own, but their parts do."""
    return node.lineno or min(map(_line, node.iter_child_nodes()), default=1)


def _front_matter_problems(head: str, file: str) -> Iterator[Problem]:
    where = Where(file, 1)
    try:
        known = yaml.safe_load(head)
    except (yaml.YAMLError, ValueError, RecursionError):  # a day that never was is a ValueError
        yield Problem(
            where, "the lines between --- and --- cannot be read.", "Write: title: The name of the page", kind=Kind.PAGE
        )
        return
    if not isinstance(known, dict):
        yield Problem(
            where, "the lines between --- and --- are not names with values.", "Write: title: My page", kind=Kind.PAGE
        )
        return
    for key, value in known.items():
        if key not in FRONT_MATTER:
            fix = f"Remove it. A page may have: {', '.join(FRONT_MATTER)}."
            yield Problem(where, f'"{shortened(str(key))}" may not stand between --- and ---.', fix, kind=Kind.PAGE)
        elif key == "hide":
            if not isinstance(value, list) or not set(map(str, value)) <= {"navigation", "toc"}:
                yield Problem(where, "hide takes a list of navigation and toc.", "Write: hide: [toc]", kind=Kind.PAGE)
        elif not isinstance(value, str) or _MARKUP & set(value):
            fix = "Write plain words, without < > { } or quotation marks inside."
            yield Problem(where, f"the {key} is not plain text.", fix, kind=Kind.PAGE)


def _expression_problems(part: nodes.Node, where: Where, calls: Calls) -> Iterator[Problem]:
    if not isinstance(part, nodes.Call) or not isinstance(part.node, nodes.Name):
        what = "a page may only call a macro here; it may not use variables, filters, loops or includes."
        yield Problem(where, what, 'Write a call such as {{ measure_table("council-tax-collected") }}.', kind=Kind.PAGE)
        return
    name = part.node.name
    if name not in calls.macros:
        near = get_close_matches(name, calls.macros, n=1)
        fix = f"Did you mean {near[0]}?" if near else f"The macros are: {', '.join(sorted(calls.macros))}."
        yield Problem(where, f"there is no macro '{shortened(name)}'.", fix, kind=Kind.PAGE)
        return
    literals = [*part.args, *(keyword.value for keyword in part.kwargs)]
    if part.dyn_args or part.dyn_kwargs or not all(_literal(node) for node in literals):
        what = f"the arguments of {name} are not plain texts or numbers."
        yield Problem(where, what, "Write each in quotation marks.", kind=Kind.PAGE)
        return
    arguments = _arguments(calls.macros[name], part)
    if arguments is None:
        takes = ", ".join(inspect.signature(calls.macros[name]).parameters) or "nothing"
        yield Problem(where, f"{name} is called with the wrong arguments.", f"It takes: {takes}.", kind=Kind.PAGE)
        return
    for parameter, value in arguments.items():
        words = calls.words.get(parameter, ())
        if value not in words:
            near = get_close_matches(str(value), words, n=1)
            fix = f"Did you mean '{near[0]}'?" if near else f"The words are: {', '.join(words)}."
            yield Problem(where, f"{name} knows no {parameter} '{shortened(str(value))}'.", fix, kind=Kind.PAGE)


def _arguments(macro: Callable[..., str], call: nodes.Call) -> Mapping[str, Any] | None:
    """Return the values of a call by the names of the macro's parameters; None where they do not fit."""
    values = [node.value for node in call.args if isinstance(node, nodes.Const)]
    named = {keyword.key: keyword.value.value for keyword in call.kwargs if isinstance(keyword.value, nodes.Const)}
    if len(named) < len(call.kwargs):
        # An argument named twice; the template engine would only notice when it makes a program of the page.
        return None
    try:
        return inspect.signature(macro).bind(*values, **named).arguments
    except TypeError:
        return None


def _literal(node: nodes.Expr) -> bool:
    return isinstance(node, nodes.Const) and isinstance(node.value, (str, int))


@dataclass(frozen=True, slots=True)
class PageText:
    """A page as texts and calls in their order. No program is made of it: it can do nothing but call our macros."""

    parts: tuple[str | Callable[[], str], ...]

    def render(self, **_handed: object) -> str:
        """Return the page with what its macros show. Whatever MkDocs hands over stays outside."""
        return "".join(part if isinstance(part, str) else part() for part in self.parts)


class PageReader(Environment):
    """What replaces the plugin's template engine: it checks each page again and knows our macros alone."""

    def __init__(self, calls: Calls) -> None:
        super().__init__()
        self._calls = calls

    def from_string(self, source: str) -> PageText:  # type: ignore[override]
        """Read a page.

        Raises:
            ValueError: the page does something other than call our macros.
        """
        # MkDocs has taken the front matter away, so whatever looks like it here is text.
        problems = list(_template_problems(source, "this page", 1, self._calls))
        if problems:
            raise ValueError("; ".join(str(problem) for problem in problems))
        return PageText(tuple(self._part(node) for node in _parts(_parsed(source))))

    def _part(self, node: nodes.Node) -> str | Callable[[], str]:
        if isinstance(node, nodes.TemplateData):
            return node.data
        call = cast(nodes.Call, node)
        values = [argument.as_const() for argument in call.args]
        named = {keyword.key: keyword.value.as_const() for keyword in call.kwargs}
        return partial(self._calls.macros[cast(nodes.Name, call.node).name], *values, **named)
