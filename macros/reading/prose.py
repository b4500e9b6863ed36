"""Pages a person writes, before any template engine runs them: a page may only call our macros with literal arguments.

Jinja in a page is a program. Each page's template is therefore parsed and refused unless every expression is a call of
a known macro; and it is then rendered in a sandbox that holds those macros and nothing else.
"""

from __future__ import annotations

import inspect
from collections.abc import Callable, Collection, Iterator, Mapping
from dataclasses import dataclass
from difflib import get_close_matches
from pathlib import Path
from typing import Any

import yaml
from jinja2 import StrictUndefined, Template, TemplateSyntaxError, nodes
from jinja2.sandbox import ImmutableSandboxedEnvironment

from ..errors import Problem, Where
from .gate import shortened

UNPUBLISHED = ("decisions/", "pictures/")
"""Folders below ``docs`` that are for people who work on the project."""
FRONT_MATTER = ("title", "description", "hide")
"""What a page may say about itself before its text."""


@dataclass(frozen=True, slots=True)
class Calls:
    """What pages may call: the macros by name, and for each name of a parameter the words it takes."""

    macros: Mapping[str, Callable[..., str]]
    words: Mapping[str, Collection[str]]


_MARKUP = set("<>{}\"'`")


def written(docs: Path) -> list[str]:
    """Return the Markdown pages a person wrote, by their path below ``docs``; what the site leaves out is left out."""
    found = (path.relative_to(docs).as_posix() for path in sorted(docs.rglob("*.md")))
    return [path for path in found if not path.startswith(UNPUBLISHED)]


def pages_problems(docs: Path, calls: Calls) -> Iterator[Problem]:
    """Check every page a person wrote."""
    for path in written(docs):
        yield from page_problems((docs / path).read_text("utf-8"), f"{docs.name}/{path}", calls)


def page_problems(text: str, file: str, calls: Calls) -> Iterator[Problem]:
    """Check one page: its front matter, and that it calls only our macros, with literal arguments.

    Args:
        text: the page as written.
        file: what messages call the page.
        calls: what pages may call.
    """
    head, body, first = _split(text)
    yield from _front_matter_problems(head, file)
    try:
        tree = ImmutableSandboxedEnvironment().parse(body)
    except TemplateSyntaxError as error:
        where = Where(file, first + error.lineno - 1)
        fix = 'A macro is called like this: {{ measure_table("council-tax-collected") }}.'
        yield Problem(where, f"the braces on this line cannot be read ({error.message}).", fix)
        return
    for node in tree.body:
        parts = node.nodes if isinstance(node, nodes.Output) else [node]
        for part in parts:
            if not isinstance(part, nodes.TemplateData):
                yield from _expression_problems(part, Where(file, first + part.lineno - 1), calls)


def _split(text: str) -> tuple[str, str, int]:
    """Return the front matter, the text, and the line the text begins on."""
    lines = text.splitlines(keepends=True)
    if lines and lines[0].rstrip() == "---":
        for number, line in enumerate(lines[1:], start=1):
            if line.rstrip() in ("---", "..."):
                return "".join(lines[1:number]), "".join(lines[number + 1 :]), number + 2
    return "", text, 1


def _front_matter_problems(head: str, file: str) -> Iterator[Problem]:
    if not head:
        return
    where = Where(file, 1)
    try:
        known = yaml.safe_load(head)
    except yaml.YAMLError:
        yield Problem(where, "the lines between --- and --- cannot be read.", "Write: title: The name of the page")
        return
    if not isinstance(known, dict):
        yield Problem(where, "the lines between --- and --- are not names with values.", "Write: title: My page")
        return
    for key, value in known.items():
        if key not in FRONT_MATTER:
            fix = f"Remove it. A page may have: {', '.join(FRONT_MATTER)}."
            yield Problem(where, f'"{key}" may not stand between --- and ---.', fix)
        elif key == "hide":
            if not isinstance(value, list) or not set(map(str, value)) <= {"navigation", "toc"}:
                yield Problem(where, "hide takes a list of navigation and toc.", "Write: hide: [toc]")
        elif not isinstance(value, str) or _MARKUP & set(value):
            fix = "Write plain words, without < > { } or quotation marks inside."
            yield Problem(where, f"the {key} is not plain text.", fix)


def _expression_problems(part: nodes.Node, where: Where, calls: Calls) -> Iterator[Problem]:
    if not isinstance(part, nodes.Call) or not isinstance(part.node, nodes.Name):
        what = "a page may only call a macro here; it may not use variables, filters, loops or includes."
        yield Problem(where, what, 'Write a call such as {{ measure_table("council-tax-collected") }}.')
        return
    name = part.node.name
    if name not in calls.macros:
        near = get_close_matches(name, calls.macros, n=1)
        fix = f"Did you mean {near[0]}?" if near else f"The macros are: {', '.join(sorted(calls.macros))}."
        yield Problem(where, f"there is no macro '{shortened(name)}'.", fix)
        return
    literals = [*part.args, *(keyword.value for keyword in part.kwargs)]
    if part.dyn_args or part.dyn_kwargs or not all(_literal(node) for node in literals):
        what = f"the arguments of {name} are not plain texts or numbers."
        yield Problem(where, what, "Write each in quotation marks.")
        return
    values = [node.value for node in part.args if isinstance(node, nodes.Const)]
    named = {keyword.key: keyword.value.value for keyword in part.kwargs if isinstance(keyword.value, nodes.Const)}
    signature = inspect.signature(calls.macros[name])
    try:
        arguments = signature.bind(*values, **named).arguments
    except TypeError:
        takes = ", ".join(signature.parameters) or "nothing"
        yield Problem(where, f"{name} is called with the wrong arguments.", f"It takes: {takes}.")
        return
    for parameter, value in arguments.items():
        words = calls.words.get(parameter, ())
        if value not in words:
            near = get_close_matches(str(value), words, n=1)
            fix = f"Did you mean '{near[0]}'?" if near else f"The words are: {', '.join(words)}."
            yield Problem(where, f"{name} knows no {parameter} '{shortened(str(value))}'.", fix)


def _literal(node: nodes.Expr) -> bool:
    return isinstance(node, nodes.Const) and isinstance(node.value, (str, int))


class _PageTemplate(Template):
    """A page's template. Whatever MkDocs hands over stays outside: a page sees our macros alone."""

    def render(self, *_args: Any, **_kwargs: Any) -> str:
        return super().render()


class PageEnvironment(ImmutableSandboxedEnvironment):
    """The sandbox pages are rendered in: it checks each page again and holds our macros alone."""

    template_class = _PageTemplate

    def __init__(self, calls: Calls) -> None:
        super().__init__(undefined=StrictUndefined, autoescape=False)
        self._calls = calls
        self.globals = dict(calls.macros)
        self.filters = {}

    def from_string(self, source: Any, *args: Any, **kwargs: Any) -> Template:
        """Compile a page.

        Raises:
            ValueError: the page does something other than call our macros.
        """
        problems = list(page_problems(str(source), "this page", self._calls))
        if problems:
            raise ValueError("; ".join(str(problem) for problem in problems))
        return super().from_string(source, *args, **kwargs)
