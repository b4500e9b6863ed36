"""The pipelines a council copies: what they run is taken from their own files and run here, on a merge request.

Nothing but the default branch is published, a merge request holds no secret, and a job that fails leaves the site.
"""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
import yaml
from bs4 import BeautifulSoup

from .builders import GOOD_COUNCIL, Council
from .sites import PROJECT, a_project, fingerprint, git

GITLAB: dict[str, Any] = yaml.safe_load((PROJECT / ".gitlab-ci.yml").read_text("utf-8"))
GITHUB: dict[str, Any] = yaml.safe_load((PROJECT / ".github/workflows/publish.yml").read_text("utf-8"))
GUIDE = PROJECT / "docs" / "publish"
MANY_GITLAB: dict[str, Any] = yaml.safe_load((GUIDE / "many-councils.gitlab-ci.yml").read_text("utf-8"))
MANY_GITHUB: dict[str, Any] = yaml.safe_load((GUIDE / "many-councils.github.yml").read_text("utf-8"))
GITLAB_JOBS = {name: job for name, job in GITLAB.items() if isinstance(job, dict) and "script" in job}
MERGE_REQUEST = '$CI_PIPELINE_SOURCE == "merge_request_event"'
LEVELS = "2022-23/service_levels.csv"


def _rules(name: str) -> list[dict[str, Any]]:
    """Return the rules of a job of GitLab, its own or those it takes over."""
    job = GITLAB[name]
    rules: list[dict[str, Any]] = job["rules"] if "rules" in job else _rules(job["extends"]) if "extends" in job else []
    return rules


def _steps(name: str) -> list[dict[str, Any]]:
    steps: list[dict[str, Any]] = GITHUB["jobs"][name]["steps"]
    return steps


def _run_of(job: str, step: str) -> str:
    """Return what a step of GitHub runs."""
    return next(str(one["run"]) for one in _steps(job) if one.get("name") == step)


@dataclass(frozen=True, slots=True)
class Clone:
    """A clone as a runner has it: the invented council, with a branch that changes a figure."""

    root: Path
    base: str
    tools: Path

    def run(self, lines: str | list[str], **variables: str) -> subprocess.CompletedProcess[str]:
        """Run lines of a job as the runner does: each line that fails ends the job."""
        script = lines if isinstance(lines, str) else "\n".join(lines)
        known = {name: value for name, value in os.environ.items() if not name.startswith(("CI", "GITHUB"))}
        path = f"{self.tools}{os.pathsep}{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}"
        command = ["bash", "-eo", "pipefail", "-c", script]
        environment = known | {"PATH": path} | variables
        return subprocess.run(command, cwd=self.root, env=environment, capture_output=True, text=True, check=False)

    def as_merge_request(self, job: str, **more: str) -> subprocess.CompletedProcess[str]:
        """Run a job of GitLab on the merge request."""
        variables = {
            "CI_PIPELINE_SOURCE": "merge_request_event", "CI_DEFAULT_BRANCH": "main", "CI_PROJECT_ID": "1",
            "CI_MERGE_REQUEST_IID": "7", "CI_MERGE_REQUEST_DIFF_BASE_SHA": self.base,
            "CI_PAGES_URL": "https://northmoor.example/figures",
        }  # fmt: skip
        return self.run(GITLAB_JOBS[job]["script"], **(variables | more))

    def as_default_branch(self, **more: str) -> subprocess.CompletedProcess[str]:
        """Run the job that publishes, on the default branch."""
        variables = {"CI_COMMIT_BRANCH": "main", "CI_DEFAULT_BRANCH": "main", "CI_PIPELINE_SOURCE": "schedule"}
        return self.run(GITLAB_JOBS["pages"]["script"], **(variables | more))


@pytest.fixture(name="clone")
def _clone(tmp_path: Path) -> Clone:
    project = a_project(tmp_path / "project", GOOD_COUNCIL)
    git(project, "init", "-q", "-b", "main")
    git(project, "add", "datapackages", "mkdocs.yml")
    git(project, "commit", "-q", "-m", "Published")
    base = git(project, "rev-parse", "HEAD")
    git(project, "checkout", "-q", "-b", "a-new-figure")
    council = Council(project / "datapackages")
    council.change(LEVELS, 3, value="2.6", as_published="2.6 days")
    council.copy_row("2022-23/actions.csv", 2, measure_id="missed-bin-repair-time")
    git(project, "commit", "-q", "-a", "-m", "A figure changes")
    tools = tmp_path / "tools"
    tools.mkdir()
    # The program of the clone, as the lines that install it would have it.
    (tools / "answerable").write_text(f'#!/bin/sh\nexec "{sys.executable}" -m macros "$@"\n', encoding="utf-8")
    (tools / "answerable").chmod(0o755)
    return Clone(project, base, tools)


# What the files say


def test_only_the_default_branch_is_published_on_gitlab() -> None:
    """One job publishes the site; its first rule keeps out merge requests and prefixes, its second names the branch."""
    assert [name for name in GITLAB_JOBS if name == "pages" or "pages" in GITLAB_JOBS[name]] == [
        "preview-pages", "pages",
    ]  # fmt: skip
    never, only = _rules("pages")
    assert never == {"if": f"{MERGE_REQUEST} || $CI_MERGE_REQUEST_IID || $PAGES_PREFIX", "when": "never"}
    assert only == {"if": "$CI_COMMIT_BRANCH == $CI_DEFAULT_BRANCH"}
    assert "pages" not in GITLAB_JOBS["pages"]
    assert [need["job"] for need in GITLAB_JOBS["pages"]["needs"]] == ["check", "test"]
    assert "allow_failure" not in str(GITLAB)


def test_previews_have_a_prefix_of_their_own_and_end() -> None:
    """The preview of a merge request lies under its number, only where the project asked for it, and for a week."""
    job = GITLAB_JOBS["preview-pages"]
    assert job["pages"] == {"path_prefix": "$PAGES_PREFIX", "expire_in": "1 week"}
    assert job["variables"]["PAGES_PREFIX"] == "mr-$CI_MERGE_REQUEST_IID"
    assert _rules("preview-pages") == [{"if": f"{MERGE_REQUEST} && $PAGES_PREVIEWS"}]


@pytest.mark.parametrize("job", ["diff", "preview"])
def test_jobs_for_review_run_on_merge_requests_alone(job: str) -> None:
    """What is told and shown to a reviewer is kept for people of the project."""
    assert _rules(job) == [{"if": MERGE_REQUEST}]
    assert GITLAB_JOBS[job]["artifacts"]["access"] == "developer"


def test_only_main_is_published_on_github() -> None:
    """The jobs that build and publish the site run on main, and never for a pull request."""
    for job in ("build", "publish"):
        assert GITHUB["jobs"][job]["if"] == "github.event_name != 'pull_request' && github.ref == 'refs/heads/main'"
    assert GITHUB["jobs"]["build"]["needs"] == ["check", "test"]
    assert GITHUB["jobs"]["publish"]["needs"] == "build"


def test_a_pull_request_may_only_read() -> None:
    """A pull request, from a fork as well, runs without secrets; the one job that may publish runs no program."""
    # YAML reads the word on as yes.
    events = GITHUB[True]  # type: ignore[index]
    assert set(events) == {"pull_request", "push", "schedule", "workflow_dispatch"}
    assert GITHUB["permissions"] == {}
    rights = {name: job["permissions"] for name, job in GITHUB["jobs"].items()}
    assert rights.pop("publish") == {"pages": "write", "id-token": "write"}
    assert all(right == {"contents": "read"} for right in rights.values())
    assert [list(step) for step in _steps("publish")] == [["id", "uses"]]
    text = (PROJECT / ".github/workflows/publish.yml").read_text("utf-8")
    assert "secrets." not in text
    assert "pull_request_target" not in text
    checkouts = [step for job in GITHUB["jobs"].values() for step in job["steps"] if "checkout" in step.get("uses", "")]
    assert checkouts
    assert all(step["with"]["persist-credentials"] is False for step in checkouts)


def test_no_text_of_others_becomes_a_command() -> None:
    """What an event says reaches a script as a variable, and is never written into it."""
    for job in GITHUB["jobs"].values():
        for step in job["steps"]:
            assert "${{" not in str(step.get("run", ""))


def test_every_image_and_action_is_pinned() -> None:
    """An image is named by its digest and an action by its commit, with the version beside it."""
    assert re.fullmatch(r"python:3\.11\.\d+-bookworm@sha256:[0-9a-f]{64}", GITLAB["default"]["image"])
    assert MANY_GITLAB["default"] == {"image": GITLAB["default"]["image"]}
    own, many = (
        set(re.findall(r"uses: (.*)", path.read_text("utf-8")))
        for path in (PROJECT / ".github/workflows/publish.yml", GUIDE / "many-councils.github.yml")
    )
    assert len(own) == 5
    assert all(re.fullmatch(r"actions/[a-z-]+@[0-9a-f]{40}  # v\d+\.\d+\.\d+", one) for one in own | many)
    assert [one.partition("@")[0] for one in many - own] == ["actions/download-artifact"]


@pytest.mark.parametrize("text", [GITHUB, MANY_GITHUB], ids=["a council", "many councils"])
def test_a_site_is_uploaded_whole(text: dict[str, Any]) -> None:
    """GitHub leaves out what begins with a dot unless it is asked not to, and with it security.txt."""
    steps = [step for job in text["jobs"].values() for step in job["steps"] if "upload" in step.get("uses", "")]
    sites = [step["with"] for step in steps if step["with"]["path"] in ("public", "preview", "sites")]
    assert len(sites) == 2
    assert all(given["include-hidden-files"] is True for given in sites)


def test_no_secret_is_written_anywhere() -> None:
    """The token of notes stands in one line, which hands it over on standard input."""
    lines = [line for job in GITLAB_JOBS.values() for part in job["script"] for line in str(part).splitlines()]
    holding = [line.strip() for line in lines if "NOTE_TOKEN" in line]
    assert holding[0] == 'if [ -n "${NOTE_TOKEN:-}" ]; then'
    assert holding[1].startswith("printf 'PRIVATE-TOKEN: %s' \"$NOTE_TOKEN\" | curl ")
    assert len(holding) == 2
    assert not any("set -x" in line for line in lines)


def test_every_night_the_site_is_built_again() -> None:
    """A schedule publishes without the tests, so that an embargo ends and lateness shows."""
    assert _rules("test")[0] == {"if": '$CI_PIPELINE_SOURCE == "schedule"', "when": "never"}
    assert GITLAB_JOBS["pages"]["needs"][1] == {"job": "test", "optional": True}
    assert GITHUB[True]["schedule"] == [{"cron": "0 5 * * *"}]  # type: ignore[index]


# What the jobs do


def test_the_check_of_a_merge_request_writes_its_reports(clone: Clone) -> None:
    """A changed figure without a correction fails the job, and GitLab finds both reports all the same."""
    done = clone.as_merge_request("check")
    assert done.returncode == 1, done.stderr
    found = json.loads((clone.root / "gl-code-quality-report.json").read_text("utf-8"))
    assert any(LEVELS in one["location"]["path"] for one in found)
    assert "<testsuite" in (clone.root / "junit.xml").read_text("utf-8")
    assert "Traceback" not in done.stderr


def test_the_check_of_the_default_branch_passes(clone: Clone) -> None:
    """Where nothing is compared and nothing is wrong the job passes."""
    done = clone.run(GITLAB_JOBS["check"]["script"], CI_COMMIT_BRANCH="main")
    assert done.returncode == 0, done.stderr


def test_the_check_of_a_pull_request(clone: Clone) -> None:
    """GitHub marks the changed figure without a correction in its file."""
    done = clone.run(_run_of("check", "Check"), AGAINST=clone.base)
    assert done.returncode == 1
    assert re.search(rf"::error file=[^,]*{re.escape(LEVELS)}", done.stdout + done.stderr)


def test_the_merge_request_is_told_what_changes(clone: Clone) -> None:
    """The page and the note say that the figure went from 1.5 to 2.6 and that its verdict flipped."""
    done = clone.as_merge_request("diff")
    assert done.returncode == 0, done.stderr
    page = BeautifulSoup((clone.root / "diff.html").read_text("utf-8"), "html.parser").get_text(" ")
    for text in ("1.5", "2.6", "met", "missed"):
        assert text in page
    note = (clone.root / "diff.md").read_text("utf-8")
    assert "| `value` | `1.5` | `2.6` | `+1.1` | `+73.3%` |" in note
    assert "northmoor.example" not in note


def test_the_note_is_posted_with_a_token_that_no_log_holds(clone: Clone) -> None:
    """With a token the note goes to the merge request, with links to the preview; the token reaches nothing else."""
    (clone.tools / "curl").write_text('#!/bin/sh\necho "$@" > "$TOLD"\ncat >> "$TOLD.in"\n', encoding="utf-8")
    (clone.tools / "curl").chmod(0o755)
    told = clone.root.parent / "told"
    more = {"NOTE_TOKEN": "a-secret", "TOLD": str(told), "CI_API_V4_URL": "https://gitlab.northmoor.example/api/v4"}
    done = clone.as_merge_request("diff", PAGES_PREVIEWS="yes", **more)
    assert done.returncode == 0, done.stderr
    assert "/projects/1/merge_requests/7/notes" in told.read_text("utf-8")
    assert "a-secret" not in told.read_text("utf-8") + done.stdout + done.stderr
    assert Path(f"{told}.in").read_text("utf-8") == "PRIVATE-TOKEN: a-secret"
    note = (clone.root / "diff.md").read_text("utf-8")
    assert "(<https://northmoor.example/figures/mr-7/years/2022-23/>)" in note


def test_the_pull_request_is_told_what_changes(clone: Clone) -> None:
    """GitHub shows the same on the page of the run."""
    summary = clone.root.parent / "summary.md"
    done = clone.run(_run_of("diff", "Say what changes"), BASE=clone.base, GITHUB_STEP_SUMMARY=str(summary))
    assert done.returncode == 0, done.stderr
    assert "| `1.5` | `2.6` |" in summary.read_text("utf-8")
    assert (clone.root / "diff.html").is_file()


def test_a_preview_is_marked(clone: Clone) -> None:
    """Both pipelines build a preview of which every page asks search engines to leave it."""
    assert _run_of("preview", "Build the preview") == GITLAB_JOBS["preview"]["script"][0]
    done = clone.as_merge_request("preview")
    assert done.returncode == 0, done.stderr
    pages = [path.read_text("utf-8") for path in (clone.root / "preview").rglob("*.html")]
    assert len(pages) > 30
    assert all('<meta name="robots" content="noindex, nofollow">' in page for page in pages)


def test_a_preview_on_pages_needs_an_address_of_its_own(clone: Clone) -> None:
    """Where GitLab does not give the preview its prefix nothing is built, so nothing can take the place of the site."""
    done = clone.as_merge_request("preview-pages", PAGES_PREVIEWS="yes", PAGES_PREFIX="mr-7")
    assert done.returncode == 1
    assert "GitLab gives previews no address of their own here." in done.stderr
    assert not (clone.root / "public").exists()
    address = "https://northmoor.example/figures/mr-7"
    done = clone.as_merge_request("preview-pages", PAGES_PREVIEWS="yes", PAGES_PREFIX="mr-7", CI_PAGES_URL=address)
    assert done.returncode == 0, done.stderr
    assert "Preview: not published." in (clone.root / "public/index.html").read_text("utf-8")


@pytest.mark.parametrize(
    "variables",
    [
        {"CI_COMMIT_BRANCH": "a-new-figure"},
        {"CI_COMMIT_BRANCH": ""},
        {"CI_MERGE_REQUEST_IID": "7"},
        {"PAGES_PREFIX": "mr-7"},
    ],
    ids=["another branch", "no branch", "a merge request", "a prefix"],
)
def test_the_script_itself_publishes_nothing_else(variables: dict[str, str], clone: Clone) -> None:
    """Whatever the rules let through, the script stops before it builds."""
    assert clone.as_default_branch(**variables).returncode == 1
    assert not (clone.root / "public").exists()


@pytest.mark.parametrize("variables", [{"GITHUB_EVENT_NAME": "pull_request"}, {"GITHUB_REF": "refs/pull/7/merge"}])
def test_the_script_of_github_publishes_nothing_else(variables: dict[str, str], clone: Clone) -> None:
    """The same holds for GitHub."""
    known = {"GITHUB_EVENT_NAME": "push", "GITHUB_REF": "refs/heads/main"}
    assert clone.run(_run_of("build", "Build the site"), **(known | variables)).returncode == 1
    assert not (clone.root / "public").exists()


def test_the_site_is_published_and_stays_when_something_breaks(clone: Clone) -> None:
    """The default branch is built for the public; a broken package then fails the job, and the site stays."""
    done = clone.as_default_branch()
    assert done.returncode == 0, done.stderr
    published = fingerprint(clone.root / "public")
    assert "Preview" not in (clone.root / "public/index.html").read_text("utf-8")
    Council(clone.root / "datapackages").change(LEVELS, 2, value="nearly all")
    done = clone.as_default_branch()
    assert done.returncode == 1
    assert '"nearly all" is not a number' in done.stderr
    assert fingerprint(clone.root / "public") == published
    shutil.rmtree(clone.root / "public")
    assert clone.as_default_branch().returncode == 1
    assert not (clone.root / "public").exists()


# One site of many councils


@pytest.fixture(name="nation")
def _nation(northmoor_project: Path, tmp_path: Path) -> Clone:
    """Return a clone of a joined site's project with two councils, whose machine has what the lines would install."""
    root = tmp_path / "nation"
    for name, folder in (("", root), *((f"councils/{name}/", root / "councils" / name) for name in COUNCILS)):
        a_project(folder, northmoor_project / "datapackages")
        config = yaml.safe_load((folder / "mkdocs.yml").read_text("utf-8"))
        config["site_url"] = f"https://nation.example/{name}"
        (folder / "mkdocs.yml").write_text(yaml.safe_dump(config, sort_keys=False), "utf-8")
    tools = tmp_path / "tools"
    tools.mkdir()
    run = f'exec "{sys.executable}"'
    for name, script in (("answerable", f'{run} -m macros "$@"'), ("python", f'test "$2" = pip || {run} "$@"')):
        (tools / name).write_text(f"#!/bin/sh\n{script}\n", encoding="utf-8")
        (tools / name).chmod(0o755)
    return Clone(root, "", tools)


COUNCILS = ("fellside", "thornby")
GITLAB_MANY = {name: job["script"] for name, job in MANY_GITLAB.items() if isinstance(job, dict) and "script" in job}
GITHUB_MANY = {
    name: next((step["run"] for step in job["steps"] if "run" in step), "") for name, job in MANY_GITHUB["jobs"].items()
}


@pytest.mark.parametrize(
    ("council", "join"),
    [(GITLAB_MANY["council"], GITLAB_MANY["pages"]), (GITHUB_MANY["council"], GITHUB_MANY["join"])],
    ids=["GitLab", "GitHub"],
)
def test_councils_are_built_apart_and_joined(council: str | list[str], join: str | list[str], nation: Clone) -> None:
    """The last job publishes the joined site and every council's below it, each with all of its files."""
    branch = {"CI_COMMIT_BRANCH": "main", "CI_DEFAULT_BRANCH": "main"}
    for name in COUNCILS:
        done = nation.run(council, COUNCIL=name)
        assert done.returncode == 0, done.stderr
    built = {name: fingerprint(nation.root / "sites" / name) for name in COUNCILS}
    done = nation.run(join, **branch)
    assert done.returncode == 0, done.stderr
    home = BeautifulSoup((nation.root / "public/index.html").read_text("utf-8"), "html.parser")
    for name in COUNCILS:
        assert home.select_one(f'tbody th a[href="https://nation.example/councils/{name}/"]')
        assert fingerprint(nation.root / "public/councils" / name) == built[name]


def test_where_one_council_fails_nothing_is_joined(nation: Clone) -> None:
    """A council's job fails with what is wrong in its packages; its site, should it be there, is no whole one."""
    Council(nation.root / "councils/thornby/datapackages").change(LEVELS, 2, value="nearly all")
    done = nation.run(GITLAB_MANY["council"], COUNCIL="thornby")
    assert done.returncode == 1
    assert '"nearly all" is not a number' in done.stderr
    assert not (nation.root / "sites/thornby").exists()
    assert nation.run(GITLAB_MANY["pages"], CI_COMMIT_BRANCH="main", CI_DEFAULT_BRANCH="main").returncode == 1
    assert not (nation.root / "public").exists()


def test_many_councils_are_published_from_the_default_branch_alone(nation: Clone) -> None:
    """The jobs that join wait for every council; a merge request builds the councils, and publishes nothing."""
    assert MANY_GITLAB["stages"] == [MANY_GITLAB["council"]["stage"], MANY_GITLAB["pages"]["stage"]]
    assert "needs" not in MANY_GITLAB["pages"]
    assert MANY_GITLAB["pages"]["rules"] == [{"if": "$CI_COMMIT_BRANCH == $CI_DEFAULT_BRANCH"}]
    assert nation.run(GITLAB_MANY["pages"], CI_COMMIT_BRANCH="other", CI_DEFAULT_BRANCH="main").returncode == 1
    jobs = MANY_GITHUB["jobs"]
    assert jobs["join"]["needs"] == "council"
    assert jobs["publish"]["needs"] == "join"
    for job in ("join", "publish"):
        assert jobs[job]["if"] == "github.event_name != 'pull_request' && github.ref == 'refs/heads/main'"
    assert MANY_GITHUB["permissions"] == {}
    rights = {name: job["permissions"] for name, job in jobs.items()}
    assert rights == {"council": {"contents": "read"}, "join": {"contents": "read"}} | {
        "publish": {"pages": "write", "id-token": "write"}
    }


def test_both_examples_build_the_same_councils() -> None:
    """What one job leaves for the next has one form on both, and no text of an event becomes a command."""
    matrix = MANY_GITLAB["council"]["parallel"]["matrix"]
    assert matrix == [{"COUNCIL": MANY_GITHUB["jobs"]["council"]["strategy"]["matrix"]["council"]}]
    assert matrix == [{"COUNCIL": list(COUNCILS)}]
    assert MANY_GITLAB["council"]["artifacts"]["paths"] == ["sites/$COUNCIL"]
    for script in GITHUB_MANY.values():
        assert "${{" not in script
    joined = "\n".join(GITLAB_MANY["pages"][1:])
    assert joined == GITHUB_MANY["join"].strip()
    assert "\n".join(GITLAB_MANY["council"]) == GITHUB_MANY["council"].strip()
    assert "--require-hashes" in joined
