"""One site of many councils: what it says is each council's own index, and what cannot be believed is refused."""

from __future__ import annotations

import json
import os
import shutil
from collections.abc import Callable, Iterator
from hashlib import sha256
from pathlib import Path
from typing import Any

import jsonschema
import pytest
import yaml
from bs4 import BeautifulSoup

from macros import building
from macros.checking.joined import joined_problems
from macros.cli import main
from macros.errors import ReportError
from macros.joining.index import search_entries
from macros.joining.sites import MOST, Site, read_sites
from macros.publishing.search import search_files

from .browsing import DESK, PHONE, VIEWS, addresses, axe_faults, nu_errors, opened, served, started
from .builders import GOOD_COUNCIL
from .hostile import MARKER, texts
from .sites import Built, a_project, fingerprint, settings

NORTHMOOR, LANCASHIRE = "https://northmoor.example/figures/", "https://lancashire.example/"
INDEX, FIRST_SHOWN, SHOWN = "data/index.json", "search/*/words-*.json", "search/*/pages-*.json"
Change = Callable[[dict[str, Any]], object]


def a_copy(site: Path, folder: Path, address: str) -> Path:
    """Copy a built site as one that is published at an address. What is alike is the same file."""
    shutil.copytree(site, folder, copy_function=os.link)
    change(folder, lambda index: index.update(address=address))
    return folder


def change(folder: Path, how: Change) -> None:
    """Change the index of a site."""
    index = json.loads((folder / INDEX).read_text("utf-8"))
    how(index)
    overwrite(folder / INDEX, json.dumps(index))


def overwrite(path: Path, text: str) -> None:
    """Write a file anew: another site may share the one that is there."""
    path.unlink()
    path.write_text(text, encoding="utf-8")


@pytest.fixture(name="councils", scope="module")
def _councils(northmoor_site: Built, example_site: Built, tmp_path_factory: pytest.TempPathFactory) -> list[Path]:
    """Return the sites of the invented council and of the worked example, each at an address of its own."""
    root = tmp_path_factory.mktemp("councils")
    return [
        a_copy(northmoor_site.root, root / "northmoor", NORTHMOOR),
        a_copy(example_site.root, root / "lancashire", LANCASHIRE),
    ]


@pytest.fixture(name="nation", scope="module")
def _nation(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a project without packages, with the facts of the invented council."""
    project = a_project(tmp_path_factory.mktemp("nation"), GOOD_COUNCIL)
    shutil.rmtree(project / "datapackages")
    config = yaml.safe_load((project / "mkdocs.yml").read_text("utf-8"))
    config |= {"site_name": "All councils", "site_url": "https://nation.example", "watch": ["macros", "overrides"]}
    (project / "mkdocs.yml").write_text(yaml.safe_dump(config, sort_keys=False), "utf-8")
    return project


def a_joined_site(nation: Path, councils: list[Path], output: Path) -> Built:
    """Join sites."""
    said: list[str] = []
    building.join(nation, councils, output, said.append)
    return Built(output, tuple(said))


@pytest.fixture(name="joined", scope="module")
def _joined(nation: Path, councils: list[Path]) -> Built:
    """Return the site of both."""
    return a_joined_site(nation, councils, nation / "site")


def _index(root: Path) -> dict[str, Any]:
    index: dict[str, Any] = json.loads((root / INDEX).read_text("utf-8"))
    return index


# What it says


def test_each_council_with_what_it_met_and_missed(joined: Built) -> None:
    """The counts are those of the rows of each council's newest year with service levels, counted by hand."""
    rows = [[cell.get_text() for cell in row.select("th, td")] for row in joined.page("").select("tbody tr")]
    assert rows == [
        ["Lancashire County Council", "4", "0", "1", "2017/18", "2018/19"],
        ["Lancaster City Council", "0", "0", "2", "2011/12", "2018/19"],
        ["Northmoor District Council", "4", "2", "2", "2022/23", "2022/23"],
        ["West Lancashire Borough Council", "9", "3", "1", "2013/14", "2018/19"],
    ]
    assert "4 councils say what was promised and delivered, on 2 websites." in joined.text("")
    assert "Nothing was late when the sites were built." in joined.text("")


def test_each_council_leads_to_its_own_pages(joined: Built) -> None:
    """A council of one's own site leads to its home, one of several to its page; a count to the page that shows it."""
    rows = joined.page("").select("tbody tr")
    links = {row.th.get_text(): [str(link["href"]) for link in row.select("a")] for row in rows if row.th}
    assert links["Northmoor District Council"] == [
        NORTHMOOR, f"{NORTHMOOR}years/2022-23/", f"{NORTHMOOR}years/2022-23/",
    ]  # fmt: skip
    # In 2011/12 there were service levels of two councils, so the page of that year shows other counts.
    assert links["Lancaster City Council"] == [
        f"{LANCASHIRE}councils/lancaster/", f"{LANCASHIRE}councils/lancaster/", f"{LANCASHIRE}years/2018-19/",
    ]  # fmt: skip


def test_what_is_late_is_listed_by_site(nation: Path, councils: list[Path], tmp_path: Path) -> None:
    """What of the newest year or of a later one was late is told; what was in time, or of an older year, is not."""
    northmoor = a_copy(councils[0], tmp_path / "northmoor", NORTHMOOR)
    due = {"published": False, "days_late": 41}
    rows = [
        {"year": "2021-22", "table": "staffing", "due": "2022-10-13", **due},
        {"year": "2022-23", "table": "commitments", "due": "2026-10-13", **due},
        {"year": "2022-23", "table": "savings", "due": "2026-10-14", **due},
        {"year": "2023-24", "table": "savings", "due": "2026-11-21", **due},
        {"year": "2024-25", "table": "savings", "due": "2027-11-21", "published": False, "days_late": 0},
    ]
    change(northmoor, lambda index: index.update(expected=rows))
    site = a_joined_site(nation, [northmoor, councils[1]], tmp_path / "site")
    assert (
        "Northmoor council services : 2022/23: commitments due by 13 October 2026, savings due by 14 October 2026; "
        "2023/24: savings due by 21 November 2026."
    ) in site.text("")
    for text in ("2021/22", "2024/25", "Lancashire shared services"):
        assert text not in site.text("")


def test_the_pages_the_law_asks_for_are_those_of_the_joined_site(joined: Built) -> None:
    """Every page has the statement, contact and licence of whoever publishes the joined site, and a policy."""
    assert addresses(joined.root) == [
        "404.html", "about/", "accessibility/", "changes/", "contact/", "data/", "glossary/", "", "licence/",
        "methodology/", "privacy/",
    ]  # fmt: skip
    assert "figures@northmoor.example" in joined.text("contact")
    assert "put right on the site of the council it is of" in joined.text("contact")
    assert "Open Government Licence v3.0" in joined.text("licence")
    for page in joined.root.rglob("*.html"):
        document = BeautifulSoup(page.read_text("utf-8"), "html.parser")
        assert document.select_one('meta[http-equiv="Content-Security-Policy"]'), page
        assert not document.select('link[type="application/atom+xml"]'), page


def test_the_index_names_every_file_of_every_site(joined: Built, councils: list[Path]) -> None:
    """Each file is there with its whole address, its size and its digest, and the index keeps to its own schema."""
    index = _index(joined.root)
    schema = json.loads((joined.root / "data/joined.schema.json").read_text("utf-8"))
    jsonschema.Draft202012Validator.check_schema(schema)
    jsonschema.Draft202012Validator(schema).validate(index)
    assert index["address"] == "https://nation.example/"
    assert [site["address"] for site in index["sites"]] == [LANCASHIRE, NORTHMOOR]
    for site, root in zip(index["sites"], reversed(councils), strict=True):
        there = {path.relative_to(root).as_posix(): path for path in (root / "data").rglob("*") if path.is_file()}
        own = {f"{site['address']}{name}": path for name, path in there.items() if path.suffix != ".html"}
        del own[f"{site['address']}{INDEX}"]
        listed = {file["address"]: file for file in site["files"]}
        assert set(listed) == set(own)
        for address, path in own.items():
            assert listed[address]["bytes"] == path.stat().st_size
            assert listed[address]["hash"] == f"sha256:{sha256(path.read_bytes()).hexdigest()}"
    assert index["sites"][1]["services"][0] == {
        "service_id": "bin-collection",
        "title": "Bin collection",
        "description": "Emptying household bins, and putting right the ones that were missed.",
        "body_id": "northmoor",
        "address": f"{NORTHMOOR}services/bin-collection/",
    }


def test_the_search_leads_to_the_councils_pages(joined: Built) -> None:
    """A reader who types a service finds it, and is led to its page on the council's own site."""
    asked = {
        "bins": ("Bin collection", f"{NORTHMOOR}services/bin-collection/"),
        "revenues": (
            "Revenues and benefits for West Lancashire",
            f"{LANCASHIRE}services/west-lancashire-revenues-and-benefits/",
        ),
        "lancaster city council": ("Lancaster City Council", f"{LANCASHIRE}councils/lancaster/"),
        "privacy": ("Privacy", None),
    }
    with served(joined.root) as base, started() as browser, opened(browser, DESK) as page:
        page.goto(base)
        for words, (title, address) in asked.items():
            page.locator("#search").fill("")
            page.locator("#search").fill(words)
            link = page.locator("#found a", has_text=title).first
            link.wait_for()
            assert link.get_attribute("href") == (address or f"{base}privacy/")


def test_the_search_of_a_nation_is_light() -> None:
    """Of a council and of each of its services no more is shown than fits, and no measure."""
    council = {"body_id": "a", "title": "A Council", "page": "councils/a/"}
    service = {"title": "A service", "description": "word " * 500, "body_id": "a", "page": "services/b/"}
    index = {"title": "A", "councils": [council], "services": [service], "measures": [{"measure_id": "m"}]}
    found = list(search_entries([Site("https://a.example/", index)]))
    assert [entry.address for entry in found] == ["https://a.example/councils/a/", "https://a.example/services/b/"]
    cards = next(json.loads(data) for name, data in search_files(found).items() if "pages-" in name)
    assert all(len(text) <= 140 for _, _, text in cards)


def test_every_page_is_accessible(joined: Built) -> None:
    """Axe finds nothing on any page at a desk and on a phone, nor on the home page in every view."""
    with served(joined.root) as base:
        assert axe_faults(base, addresses(joined.root), (DESK, PHONE)) == []
        assert axe_faults(base, ["", "data/"], [view for view in VIEWS if view not in (DESK, PHONE)]) == []
        with started() as browser:
            for view in VIEWS:
                with opened(browser, view) as page:
                    page.goto(base)
                    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth"), view
                    # On a phone, too, the counts are seen before anything is moved.
                    assert page.evaluate(
                        "document.querySelector('td[data-field=unjudged]').getBoundingClientRect().right <= innerWidth"
                    ), view


def test_every_page_is_valid_html(joined: Built) -> None:
    """The Nu HTML Checker finds nothing."""
    assert nu_errors(joined.root) == []


def test_the_same_sites_give_the_same_bytes(nation: Path, joined: Built, councils: list[Path], tmp_path: Path) -> None:
    """Neither the order of the folders nor another run changes anything."""
    again = a_joined_site(nation, councils[::-1], tmp_path / "again")
    assert again.fingerprint() == joined.fingerprint()


# What is refused


def _on_site(**facts: object) -> Change:
    return lambda index: index.update(facts)


def _first(name: str, **facts: object) -> Change:
    return lambda index: index[name][0].update(facts)


EXPECTED = {"year": "2022-23", "table": "savings", "due": "2026-10-13", "published": False, "days_late": 41}
WRONG: dict[str, tuple[Change, str]] = {
    "a preview": (_on_site(preview=True), "which nobody may publish. Build it without --preview."),
    "another version": (_on_site(version=2), "the index is not of version 1, which this program reads."),
    "an old index": (lambda index: index.pop("version"), "the index is not of version 1"),
    "a joined site": (
        _on_site(**{"$schema": "joined.schema.json"}),
        "the site is joined from others itself. Name the folders of those.",
    ),
    "no address": (
        lambda index: index.pop("address"),
        "the site does not say at which address it is published. Write its address in its mkdocs.yml as site_url",
    ),
    "an address that runs": (_on_site(address="javascript:alert(1)//"), "address: 'javascript:alert(1)//' does"),
    "an address of a file": (_on_site(address="file:///etc/"), "address: 'file:///etc/' does not match"),
    "an address with a query": (_on_site(address="https://a.example/?b/"), "address: "),
    "the joined site's address": (
        _on_site(address="https://Nation.example/"), "the joined site has the same address, https://Nation.example/.",
    ),
    "another licence": (
        _on_site(licence="CC-BY-4.0"),
        'its data are under "CC-BY-4.0", and those of the joined site under "OGL-UK-3.0".',
    ),
    "bidirectional text": (_on_site(title="Council \u202eatad"), "the file holds a hidden character (U+202E)."),
    "a line break": (_first("councils", title="A council\n"), "a text holds a line break."),
    "a page elsewhere": (_first("services", page="//evil.example/"), "services/0/page: '//evil.example/' does"),
    "a page above": (_first("councils", page="../"), "councils/0/page: '../' does not match"),
    "a file above": (_first("files", path="../../secret"), "files/0/path: '../../secret' does not match"),
    "something unknown": (_on_site(script="x"), "Additional properties are not allowed"),
    "a service of no council": (_first("services", body_id="elsewhere"), 'no council has the identifier "elsewhere".'),
    "more than there are": (_first("service_levels", met=99), "service levels of northmoor 2021-22 cannot be right."),
    "a year of no package": (_first("service_levels", year="1999-00"), "northmoor 1999-00 cannot be right."),
    "a council twice": (lambda index: index["councils"].append(index["councils"][0]), "northmoor is there twice."),
    "a page twice": (_first("services", page="services/libraries/"), "services/libraries/ is there twice."),
    "a table expected twice": (
        _on_site(expected=[{**EXPECTED, "due": due} for due in ("2026-10-13", "2026-10-14")]),
        "2022-23 savings is there twice.",
    ),
    "no council": (_on_site(councils=[], services=[], service_levels=[]), "the site has no council or no year."),
    "years out of order": (_on_site(years=["2022-23", "2021-22"]), "the years are not in their order."),
    "a day that is none": (
        _on_site(expected=[{**EXPECTED, "due": "soon"}]),
        '"savings" due by "soon" is not known.',
    ),
    "a file that is not there": (_first("files", path="none.csv"), "northmoor/data/none.csv: the file is missing"),
    "a file of another size": (_first("files", bytes=1), "the file is not the one that the index lists."),
    "a page that is not there": (_first("services", page="services/none/"), "none/index.html: the page is missing"),
}  # fmt: skip


@pytest.fixture(name="copy")
def _copy(councils: list[Path], tmp_path: Path) -> Path:
    """Return a copy of the invented council's site that a test may spoil."""
    return a_copy(councils[0], tmp_path / "northmoor", NORTHMOOR)


def _refused(*folders: Path) -> str:
    with pytest.raises(ReportError) as caught:
        read_sites(folders, settings(), "https://nation.example")
    assert len(caught.value.problems) <= MOST * len(folders)
    return "\n".join(f"{one.where}: {one.what} {one.fix}" for one in caught.value.problems)


@pytest.mark.parametrize(("how", "said"), WRONG.values(), ids=WRONG)
def test_a_site_that_cannot_be_believed_is_refused(copy: Path, how: Change, said: str) -> None:
    """What is wrong is told with the folder, the place and the repair."""
    change(copy, how)
    found = _refused(copy)
    assert said in found
    assert found.startswith(f"{copy.as_posix()}/")


@pytest.mark.parametrize("text", ["", "{", "[]", "null", '{"title": 1, "title": 2}', "[" * 100_000, '{"a": NaN}'])
def test_an_index_that_is_no_json_is_refused(copy: Path, text: str) -> None:
    """Whatever stands there, no traceback is shown."""
    overwrite(copy / INDEX, text)
    assert _refused(copy).startswith(f"{copy.as_posix()}/{INDEX}")


ODD: tuple[object, ...] = (None, [], {}, -1, "\ud800", ["x"])


def test_whatever_stands_in_the_place_of_a_value_is_read_or_refused(copy: Path) -> None:
    """No value of another kind ends with anything but a list of problems."""
    index = _index(copy) | {"expected": [EXPECTED]}
    index |= {name: index[name][:1] for name in ("files", "measures", "services", "service_levels")}
    refused = 0
    for *above, last in _places(index):
        for odd in ODD:
            spoilt = json.loads(json.dumps(index))
            part = spoilt
            for name in above:
                part = part[name]
            part[last] = odd
            overwrite(copy / INDEX, json.dumps(spoilt))
            try:
                read_sites([copy], settings())
            except ReportError:
                refused += 1
    assert refused > 200


def _places(value: object) -> Iterator[tuple[Any, ...]]:
    """Yield the way to every value within a value."""
    items = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    for name, item in items:
        yield (name,)
        yield from ((name, *below) for below in _places(item))


def test_a_folder_that_is_no_site_is_refused(tmp_path: Path) -> None:
    """A folder without an index, and one that is not there."""
    (tmp_path / "empty").mkdir()
    said = "this is not a site of this program, or the file is a link to elsewhere. Name the folder that was built."
    assert _refused(tmp_path / "empty", tmp_path / "none").count(said) == 2


def test_two_sites_of_one_address_are_refused(copy: Path, councils: list[Path]) -> None:
    """Each has an address of its own, whatever the case of its letters; and no folder is named twice."""
    change(copy, _on_site(address=NORTHMOOR.upper().replace("HTTPS", "https")))
    assert f"{councils[0].as_posix()} has the same address" in _refused(councils[0], copy)
    assert "a folder is named twice." in _refused(copy, copy.parent / "." / copy.name)


@pytest.mark.parametrize("name", [INDEX, "data/latest.zip", "services/libraries/index.html"])
def test_a_link_in_the_place_of_a_file_is_refused(copy: Path, tmp_path: Path, name: str) -> None:
    """A link could show what is no part of the site, though it has the same bytes."""
    (copy / name).rename(tmp_path / "elsewhere")
    (copy / name).symlink_to(tmp_path / "elsewhere")
    assert "link to elsewhere" in _refused(copy)


def test_a_folder_that_is_a_link_is_refused(copy: Path, tmp_path: Path) -> None:
    """So is a link on the way to a file."""
    (copy / "data/2022-23").rename(tmp_path / "elsewhere")
    (copy / "data/2022-23").symlink_to(tmp_path / "elsewhere")
    assert "link to elsewhere" in _refused(copy)


def test_a_figure_changed_after_the_build_is_refused(copy: Path) -> None:
    """A file of the site with other bytes of the same number is not the one that was checked."""
    path = copy / "data/2022-23/service_levels.csv"
    overwrite(path, path.read_text("utf-8").replace("97.9", "98.9"))
    assert "service_levels.csv: the file is not the one that the index lists." in _refused(copy)


def test_hostile_texts_are_shown_as_texts(nation: Path, councils: list[Path], tmp_path: Path) -> None:
    """No title or description of anybody's becomes more than a text, on the page or in the search."""
    said = [text for text in texts() if text.isprintable()][::4]
    folders = []
    for number, start in enumerate(range(0, len(said) - 5, 5)):
        title, council, name, one, other = said[start : start + 5]
        folder = a_copy(councils[0], tmp_path / f"{number}", f"https://council-{number}.example/")

        def spoil(index: dict[str, Any], new: tuple[str, ...] = (title, council, name, one, other)) -> None:
            index["title"], index["councils"][0]["title"], index["services"][0]["title"] = new[:3]
            index["services"][0]["description"], index["services"][1]["description"] = new[3:]

        change(folder, spoil)
        folders.append(folder)
    site = a_joined_site(nation, folders, tmp_path / "site")
    for page in site.root.rglob("*.html"):
        document = BeautifulSoup(page.read_text("utf-8"), "html.parser")
        # One script of the site, and what tells a page's policy: nothing that a council wrote.
        assert all(script.get("src") for script in document.select("script:not([type='application/ld+json'])"))
        for element in document.select("main *"):
            assert not any(name.startswith("on") for name in element.attrs), element
            assert MARKER not in " ".join(map(str, element.attrs.values())), element
        assert not document.select("main :is(script, style, iframe, img, svg, object, embed, form, base, meta)")
    rows = {cell.get_text() for cell in site.page("").select("tbody th")}
    assert rows == {said[start + 1] for start in range(0, len(said) - 5, 5)}
    shown = [card for file in site.root.glob(SHOWN) for card in json.loads(file.read_text("utf-8"))]
    assert {said[start + 2] for start in range(0, len(said) - 5, 5)} <= {title for _, title, _ in shown}


# Whole or not at all


def test_a_site_that_is_refused_leaves_what_is_published(
    nation: Path, joined: Built, copy: Path, councils: list[Path], capsys: pytest.CaptureFixture[str]
) -> None:
    """The command fails with the list, and the joined site stays as it was."""
    before = joined.fingerprint()
    change(copy, WRONG["a preview"][0])
    folders = [str(copy), str(councils[1])]
    assert main(["--project", str(nation), "join", *folders, "--output", str(joined.root)]) == 1
    said = capsys.readouterr().err
    assert "1 problem to put right" in said
    assert f"{copy.as_posix()}/{INDEX}: the site is a preview" in said
    assert joined.fingerprint() == before
    assert [path.name for path in nation.glob(".site-*")] == [".site-lock"]


def test_a_joined_site_never_takes_the_place_of_one_it_is_made_from(nation: Path, councils: list[Path]) -> None:
    """Neither a council's folder, nor one within it or around it, is built over."""
    before = fingerprint(councils[0])
    for output in (councils[0], councils[0] / "joined", councils[0].parent):
        with pytest.raises(ReportError, match=r"is one of those that are joined|is not a site of this program"):
            building.join(nation, councils, output, lambda _: None)
    assert fingerprint(councils[0]) == before


def test_a_wrong_figure_is_never_published(
    nation: Path, joined: Built, councils: list[Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    """The built site is read beside the councils' before it is published: here one council missed fewer."""
    before = joined.fingerprint()

    def broken(_project: Path, aside: Path, *_: object) -> None:
        shutil.copytree(joined.root, aside, dirs_exist_ok=True)
        text = (aside / "index.html").read_text("utf-8")
        assert text.count('data-field="missed">3<') == 1
        (aside / "index.html").write_text(text.replace('data-field="missed">3<', 'data-field="missed">2<'), "utf-8")

    monkeypatch.setattr(building, "_mkdocs", broken)
    with pytest.raises(ReportError, match=r'this says "2", but the index of https://lancashire.example/ has "3"'):
        building.join(nation, councils, joined.root, lambda _: None)
    assert joined.fingerprint() == before


SPOILT = {
    "a count of the index": (INDEX, '"met":9', '"met":8', "service_levels"),
    "a file of the index": (INDEX, "data/latest.zip", "data/newest.zip", "files"),
    "a council of the index": (INDEX, "Lancaster City Council", "Lancaster Council", "councils"),
    "a site of the index": (INDEX, f'"address":"{NORTHMOOR}"', '"address":"https://a.example/"', "sites"),
    "what the search calls a service": (SHOWN, '"Bin collection"', '"Bins"', "Bin collection"),
    "what the search calls a service first": (FIRST_SHOWN, '"Bin collection"', '"Bins"', "Bin collection"),
    "where the search leads": (SHOWN, "services/bin-collection/", "services/bin/", "leads nowhere"),
    "where the search leads first": (FIRST_SHOWN, "services/bin-collection/", "services/bin/", "leads nowhere"),
    "a link to a council": ("index.html", "councils/lancaster/", "councils/lancast/", "leads nowhere"),
    "a link of the site": ("index.html", 'href="privacy/', 'href="secrecy/', "secrecy/"),
    "the newest year": ("index.html", ">2022/23<", ">2021/22<", "2022/23"),
    "how many councils": ("index.html", ">4</span> councils", ">5</span> councils", '"4"'),
}  # fmt: skip


@pytest.mark.parametrize(("file", "old", "new", "said"), SPOILT.values(), ids=SPOILT)
def test_one_wrong_copy_is_found(
    joined: Built, councils: list[Path], tmp_path: Path, file: str, old: str, new: str, said: str
) -> None:
    """A figure, a title or a link that is not the council's own is found, wherever it stands."""
    shutil.copytree(joined.root, tmp_path / "site")
    path = next(one for one in sorted((tmp_path / "site").glob(file)) if old in one.read_text("utf-8"))
    path.write_text(path.read_text("utf-8").replace(old, new, 1), "utf-8")
    assert joined_problems(joined.root, councils) == []
    found = joined_problems(tmp_path / "site", councils)
    assert any(said in f"{one.where} {one.what}" for one in found), found


def test_a_council_that_is_not_shown_is_found(joined: Built, councils: list[Path], tmp_path: Path) -> None:
    """A row that is missing is as wrong as a wrong one."""
    shutil.copytree(joined.root, tmp_path / "site")
    page = BeautifulSoup((tmp_path / "site/index.html").read_text("utf-8"), "html.parser")
    page.select("tbody tr")[1].decompose()
    (tmp_path / "site/index.html").write_text(str(page), "utf-8")
    found = [one.what for one in joined_problems(tmp_path / "site", councils)]
    assert f"the missed of {LANCASHIRE} lancaster is not shown." in found
