"""What gets into a site stands in the project: no setting and no link leads MkDocs to other files."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
import yaml

from macros.errors import ReportError
from macros.site import configuration

from .sites import a_project

FOLDER = "Name a folder of its own below the project, such as"
LINK = "which is a link that leads out of the project: files from elsewhere could be published, or lost."
ELSEWHERE = "which is not a folder below the project: files from elsewhere could be published, or lost."
NOT_FOR_READERS = "which is a hidden folder, or one of packages."


@pytest.fixture(name="project")
def _project(tmp_path: Path) -> Path:
    """Return a project with folders only."""
    project = tmp_path / "project"
    for folder in ("docs", "overrides/assets", "datapackages", ".git", "site"):
        (project / folder).mkdir(parents=True)
    (tmp_path / "others").mkdir()
    return project


def _told(project: Path, **settings: Any) -> list[str]:
    """Write ``mkdocs.yml`` and return what a check says of it."""
    text = yaml.safe_dump({"site_name": "Northmoor"} | settings)
    (project / "mkdocs.yml").write_text(text, encoding="utf-8")
    try:
        configuration(project)
    except ReportError as error:
        return [str(problem) for problem in error.problems]
    return []


@pytest.mark.parametrize(
    ("folder", "why"),
    [
        pytest.param("../others", ELSEWHERE, id="the folder beside the project"),
        pytest.param("docs/../../others", ELSEWHERE, id="out again by a longer way"),
        pytest.param("/etc", ELSEWHERE, id="a folder of the machine"),
        pytest.param("link", LINK, id="a link to the folder beside the project"),
        pytest.param("link/below", ELSEWHERE, id="a folder behind a link"),
        pytest.param("circle", LINK, id="a link to itself"),
        pytest.param(".", ELSEWHERE, id="the project itself, with its packages"),
        pytest.param("", ELSEWHERE, id="no name, which is the project itself"),
        pytest.param("datapackages", NOT_FOR_READERS, id="the packages, those under embargo included"),
        pytest.param("datapackages/2022-23", NOT_FOR_READERS, id="one package"),
        pytest.param(".git", NOT_FOR_READERS, id="what git keeps"),
        pytest.param(["docs"], "which is not the name of a folder.", id="a list"),
        pytest.param(5, "which is not the name of a folder.", id="a number"),
        pytest.param("a" * 5000, "which is not the name of a folder.", id="a name longer than any"),
        pytest.param("a\0b", "which is not the name of a folder.", id="a name that no folder has"),
    ],
)
@pytest.mark.parametrize("setting", ["docs_dir", "site_dir", "custom_dir"])
def test_folders_are_below_the_project(project: Path, setting: str, folder: object, why: str) -> None:
    """A merge request that names another folder would publish what stands there, or lose it."""
    (project / "link").symlink_to("../others")
    (project / "circle").symlink_to("circle")
    settings = {"theme": {"name": "material", "custom_dir": folder}} if setting == "custom_dir" else {setting: folder}
    (said,) = _told(project, **settings)

    name = "theme.custom_dir" if setting == "custom_dir" else setting
    assert said.startswith(f'mkdocs.yml: {name} is "')
    assert f"{why} {FOLDER} {setting}: " in said


def test_folders_of_the_project_are_right_however_they_are_written(project: Path) -> None:
    """A whole address that leads into the project is as good as the name alone, and a project may leave all out."""
    whole = str(project / "overrides")
    assert _told(project, docs_dir="./docs", site_dir="site/", theme={"name": "material", "custom_dir": whole}) == []
    assert _told(project, theme="material") == []


@pytest.mark.parametrize("leads", ["../../../others", "../../.git", "../../datapackages"])
def test_no_link_stands_among_the_templates(project: Path, leads: str) -> None:
    """What stands beside a template is published, too: what git keeps, or packages under embargo, through a link."""
    (project / "overrides/assets/more").symlink_to(leads)
    assert _told(project, theme={"name": "material", "custom_dir": "overrides"}) == [
        "overrides/assets/more: this is a link, which may lead to files that are not for readers. "
        "Put the file or folder itself here."
    ]


def test_settings_are_no_link_to_elsewhere(project: Path) -> None:
    """It is refused before it is read: it may lead to a device without end."""
    (project / "mkdocs.yml").symlink_to("/dev/zero")
    with pytest.raises(ReportError) as caught:
        configuration(project)
    assert [str(problem) for problem in caught.value.problems] == [
        "mkdocs.yml: this is a link that leads out of the project. Put the file itself here."
    ]


def test_settings_may_be_a_link_within_the_project(project: Path) -> None:
    """Some projects keep their settings in a folder."""
    (project / "settings").mkdir()
    (project / "settings/mkdocs.yml").write_text("site_name: Northmoor\n", encoding="utf-8")
    (project / "mkdocs.yml").symlink_to("settings/mkdocs.yml")
    assert configuration(project) == {"site_name": "Northmoor"}


@pytest.mark.parametrize(
    "extensions",
    [
        pytest.param(["tables", "pymdownx.snippets"], id="by its name"),
        pytest.param(["tables", {"pymdownx.snippets": {"base_path": "/"}}], id="with its settings"),
        pytest.param({"pymdownx.snippets": None}, id="in the other form that MkDocs takes"),
        pytest.param(["pymdownx.snippets:SnippetExtension"], id="by its class"),
        pytest.param(["pymdownx.b64"], id="for pictures"),
        pytest.param(["attr_list"], id="for attributes, such as what a browser runs"),
        pytest.param(["markdown.extensions.md_in_html"], id="by its whole name"),
    ],
)
def test_pages_are_made_as_they_are_checked(project: Path, extensions: object) -> None:
    """Another extension could put the password file of the machine, or a package under embargo, into a page."""
    (said,) = _told(project, markdown_extensions=extensions)
    assert "with which no page is checked" in said
    assert said.endswith("Remove it. Pages may use: tables, footnotes, toc.")


@pytest.mark.parametrize(
    "extensions", [None, [], ["tables", {"toc": {"permalink": False}}, "markdown.extensions.footnotes"], {"toc": None}]
)
def test_what_pages_may_use_is_right(project: Path, extensions: object) -> None:
    """Tables, notes and a list of contents may be used, however they are named."""
    assert _told(project, markdown_extensions=extensions) == []


ALL = "/decisions/\n/pictures/\n/publish/\n"


@pytest.mark.parametrize(
    ("excluded", "left"),
    [
        pytest.param(None, ["decisions", "pictures", "publish"], id="nothing is left out"),
        pytest.param("/decisions/\n/pictures/\n", ["publish"], id="one is not"),
        pytest.param(ALL.replace("/pub", "# /pub"), ["publish"], id="one is a comment"),
        pytest.param(["/publish/"], ["decisions", "pictures", "publish"], id="a list, which MkDocs does not take"),
    ],
)
def test_what_is_for_people_who_work_on_it_is_no_page(project: Path, excluded: object, left: list[str]) -> None:
    """The guide and the decisions are checked as no page is, and hold HTML and braces of their own."""
    for folder in ("decisions", "pictures", "publish"):
        (project / "docs" / folder).mkdir()
    settings = {} if excluded is None else {"exclude_docs": excluded}
    assert _told(project, **settings) == [
        f"mkdocs.yml: exclude_docs does not name docs/{folder}: what stands there would be published, and nobody has "
        f"checked it as pages are. Write on a line of its own below exclude_docs: /{folder}/"
        for folder in left
    ]


def test_nothing_that_is_left_out_is_taken_back(project: Path) -> None:
    """A later line of MkDocs' setting may say the opposite of one before it."""
    (project / "docs/publish").mkdir()
    assert _told(project, exclude_docs=f"{ALL}!/publish/README.md\n") == [
        'mkdocs.yml: exclude_docs takes "!/publish/README.md" back, which nobody has checked as pages are. '
        "Remove that line."
    ]
    assert _told(project, exclude_docs=f"{ALL}/more/\n\n# a note\n") == []


def test_folders_that_are_not_there_need_not_be_left_out(project: Path) -> None:
    """A project of its own may have neither a guide nor decisions."""
    assert _told(project) == []


def test_mkdocs_alone_checks_the_settings_in_the_same_words(northmoor_project: Path, tmp_path: Path) -> None:
    """Whoever runs MkDocs itself is told what a check tells, before any page is made."""
    project = a_project(tmp_path / "project", northmoor_project / "datapackages")
    file = project / "mkdocs.yml"
    settings = yaml.safe_load(file.read_text("utf-8")) | {"exclude_docs": "/decisions/\n/pictures/\n"}
    file.write_text(yaml.safe_dump(settings), "utf-8")
    (said,) = _told(project, **settings)
    command = [sys.executable, "-m", "mkdocs", "build", "--site-dir", str(tmp_path / "site")]
    done = subprocess.run(command, cwd=project, capture_output=True, text=True, check=False)
    assert done.returncode == 1
    assert said.startswith("mkdocs.yml: exclude_docs does not name docs/publish")
    assert said in " ".join(done.stderr.split())
    assert not (tmp_path / "site/publish").exists()
