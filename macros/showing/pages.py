"""Which pages exist: their addresses, titles, places in the navigation, and their Markdown.

A page is headings and calls of macros, the same calls a person may write by hand. Sections that would be empty are
left out. A page someone wrote at the same address wins; that is decided where pages meet files.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from ..meaning.reconciliation import totals
from ..reading.reports import Reports
from ..records import Body, Figure, Measure, Observation, PeriodKind, Saving, SavingKind, Topic
from . import dictionary, glossary, prose, wording
from .home import LISTED
from .rendering import front_matter, text
from .wording import year as year_title


@dataclass(frozen=True, slots=True)
class Page:
    """A generated page: its file below ``docs/``, its place in the navigation, and its Markdown with front matter."""

    path: str
    title: str
    markdown: str
    section: str = ""


def _page(
    path: str,
    title: str,
    description: str,
    parts: Iterable[str],
    section: str = "",
    heading: str = "",
    *,
    levels: bool = False,
) -> Page:
    # What a page of a section or a service level says comes before what a volume says, where search finds both.
    boost = "search:\n  boost: 3\n" if section or levels else ""
    head = f"---\ntitle: {front_matter(title)}\ndescription: {front_matter(description)}\n{boost}---\n\n"
    body = "\n\n".join(part for part in (f"# {text(heading or title)}", *parts) if part)
    return Page(path, title, f"{head}{body}\n", section)


def _section(title: str, *calls: str) -> str:
    """Return a heading with the calls below it, or nothing where there are no calls."""
    return "\n\n".join([f"## {text(title)}", *(f"{{{{ {call} }}}}" for call in calls)]) if calls else ""


def pages(reports: Reports, site: str) -> list[Page]:
    """Return every page of the site.

    Args:
        reports: what the packages hold.
        site: the site's name, the title of its home page.
    """
    return [
        _home(reports, site),
        _years(reports),
        *(_year(reports, year) for year in reversed(reports.years)),
        _services(reports),
        *(_service(reports, service) for service in reports.services),
        *_councils(reports),
        _measures(reports),
        *(_measure(reports, measure) for measure in reports.measures.values()),
        _savings(reports),
        _staffing(reports),
        _commitments(reports),
        _actions(reports),
        *_months(reports),
        _governance(),
        _discrepancies(reports),
        _changes(reports),
        _data(reports),
        _dictionary(),
        _glossary(_explained(reports)),
        *_legal(site),
    ]


def joined_pages(site: str) -> list[Page]:
    """Return every page of a site that is joined from those of councils: what a council did stands on its own pages.

    Args:
        site: the site's name, the title of its home page.
    """
    home = [
        "{{ joined_summary() }}",
        "{{ glossary_link() }}",
        _section("The councils", "joined_councils()"),
        _section("What is late", "joined_late()"),
    ]
    data = ["{{ joined_files() }}", _section("The data of each site", "joined_data()")]
    changes = ["{{ joined_changes() }}", _section("The changes of each site", "joined_changed()")]
    return [
        _page("index.md", site, "What was promised and what was delivered, council by council.", home),
        _page("data.md", "Data", "The data of every council's site.", data, "Data", "Data to take away"),
        _page("changes.md", "Changes", "Where each council lists its corrections.", changes, "Data"),
        _glossary(),
        *_legal(site),
    ]


def _home(reports: Reports, site: str) -> Page:
    services = (
        [_section("Every service and year", "scorecard()"), _section("The services", "services_list()")]
        if _few(reports)
        else ["## The services\n\n- [Every service and year](services/index.md)\n- [Every council](councils/index.md)"]
    )
    parts = [
        "{{ home_summary() }}",
        "{{ home_late() }}",
        "{{ home_cards() }}",
        "{{ glossary_link() }}",
        _section("What was missed, and why", "misses_list()"),
        _section("What it saved", "home_savings()") if _sums(reports) else "",
        *services,
        _section("Check it yourself", "data_list()"),
    ]
    return _page("index.md", site, "What was promised, what was delivered, what it saved and what was missed.", parts)


def _few(reports: Reports) -> bool:
    """Whether the home page has room for every service."""
    return len(reports.services) <= LISTED


def _sums(reports: Reports) -> bool:
    return any(saving.kind is SavingKind.SAVING for saving in reports.savings)


def _years(reports: Reports) -> Page:
    parts = ["{{ glossary_link() }}", "{{ years_table() }}", "{{ years_expected() }}"]
    return _page("years/index.md", "Years", "Every year and what its service levels came to.", parts, "Years")


def _year(reports: Reports, year: str) -> Page:
    title = year_title(year)
    seen = reports.of_year(year)
    topics = {row.measure.topic for row in seen}
    missed = any(row.year == year for row in prose.missed(reports))

    def when(rows: Iterable[object], heading: str, *calls: str) -> str:
        return _section(heading, *calls) if any(getattr(row, "year", "") == year for row in rows) else ""

    levels = Topic.SERVICE_LEVEL in topics
    parts = [
        f'{{{{ year_summary("{year}") }}}}',
        f'{{{{ year_expected("{year}") }}}}',
        f'{{{{ year_turn("{year}") }}}}' if len(reports.years) > 1 else "",
        "{{ glossary_link() }}",
        _section("What was missed", f'year_misses("{year}")') if missed else "",
        _section("Every service level", f'year_service_levels("{year}")') if levels else "",
        when(reports.savings, "Savings, costs and investment", f'year_savings("{year}")'),
        _section("Staffing", f'year_staffing("{year}")') if Topic.STAFFING in topics else "",
        _section("Activity", f'year_activity("{year}")') if Topic.ACTIVITY in topics else "",
        when(reports.commitments, "What was promised", f'year_commitments("{year}")'),
        _section("What became of earlier promises", f'year_outcomes("{year}")') if _kept(reports, year) else "",
        when(reports.milestones, "What happened when", f'year_milestones("{year}")'),
        when(reports.discrepancies, "Discrepancies in the documents", f'year_discrepancies("{year}")'),
        when(reports.corrections, "Corrections", f'year_corrections("{year}")'),
        _section("Documents", f'year_documents("{year}")'),
        _section("Take it away", f'year_downloads("{year}")'),
    ]
    summary = f"What was missed, delivered, saved and promised in {title}."
    return _page(f"years/{year}.md", title, summary, parts, "Years")


def _kept(reports: Reports, year: str) -> bool:
    """Whether a document about a year shows what became of promises made before."""
    return any(reports.shown_in(promise) == year for promise in reports.commitments)


def _services(reports: Reports) -> Page:
    parts = ["{{ services_list() }}"]
    parts += [] if _few(reports) else [_section("Every service and year", "scorecard()")]
    return _page("services/index.md", "Services", "Every service, whom it serves and who runs it.", parts, "Services")


def _service(reports: Reports, service_id: str) -> Page:
    service = reports.services[service_id]
    seen = reports.of_service(service)
    topics = {row.measure.topic for row in seen}

    def when(rows: Iterable[object], heading: str, *calls: str) -> str:
        return _section(heading, *calls) if any(getattr(row, "service", None) is service for row in rows) else ""

    levels = Topic.SERVICE_LEVEL in topics
    parts = [
        f'{{{{ service_summary("{service_id}") }}}}',
        "{{ glossary_link() }}",
        _section("Service levels", f'service_charts("{service_id}")', f'service_levels("{service_id}")')
        if levels
        else "",
        _section("Money beside service", f'service_years("{service_id}")') if seen else "",
        when(reports.savings, "Money", f'service_savings("{service_id}")'),
        _section("People", f'service_staffing("{service_id}")') if Topic.STAFFING in topics else "",
        _section("Activity", f'service_activity("{service_id}")') if Topic.ACTIVITY in topics else "",
        when(reports.commitments, "Promises", f'service_commitments("{service_id}")'),
        when(reports.milestones, "What happened when", f'service_milestones("{service_id}")'),
        when(reports.duties, "Who must report", f'service_governance("{service_id}")'),
    ]
    return _page(f"services/{service_id}.md", service.title, service.description, parts, "Services")


def _councils(reports: Reports) -> list[Page]:
    """Return a page for each council, and the list of them."""
    partners = len(reports.bodies) > len(reports.councils)
    parts = ["{{ glossary_link() }}", "{{ councils_list() }}"]
    parts += [_section("Partners and other bodies", "partners_list()") if partners else ""]
    summary = "Every council, and what its services came to."
    found = [_page("councils/index.md", "Councils", summary, parts, "Services")]
    promised = {seen.measure.service.council.id for seen in reports.observations if seen.target}
    missed = {seen.measure.service.council.id for seen in prose.missed(reports)}
    for council in reports.councils:
        known = f'"{council.id}"'
        promises = any(promise.service.council is council for promise in reports.commitments)
        parts = [
            f"{{{{ council_summary({known}) }}}}",
            "{{ glossary_link() }}",
            _section("What was missed", f"council_misses({known})") if council.id in missed else "",
            _section("What it saved", f"council_savings({known})") if _saved(reports, council) else "",
            _section("Year by year", f"council_years({known})") if council.id in promised else "",
            _section("Its services", f"council_services({known})"),
            _section("What it was promised", f"council_commitments({known})") if promises else "",
        ]
        summary = f"What was promised to {council.title}, and what was delivered."
        found.append(_page(f"councils/{council.id}.md", council.title, summary, parts, "Services"))
    return found


def _saved(reports: Reports, council: Body) -> bool:
    return any(
        saving.kind is SavingKind.SAVING and saving.service.council is council and isinstance(saving.result, Figure)
        for saving in reports.savings
    )


def _measures(reports: Reports) -> Page:
    headings = {
        Topic.SERVICE_LEVEL: "Service levels: measures with a target",
        Topic.ACTIVITY: "Activity",
        Topic.STAFFING: "Staffing",
    }
    topics = {measure.topic for measure in reports.measures.values()}
    lists = [_section(headings[topic], f'measures_list("{topic}")') for topic in Topic if topic in topics]
    parts = ["{{ glossary_link() }}", *lists]
    return _page("measures/index.md", "Measures", "Everything that is counted or measured.", parts, "Measures")


def _measure(reports: Reports, measure: Measure) -> Page:
    name = measure.id
    rows = reports.series(name)
    changed = reports.breaks_of(name) or any(found.measure_id == name for found in reports.names)
    levels = measure.topic is Topic.SERVICE_LEVEL
    figures = [f'measure_charts("{name}")', f'measure_table("{name}")'] if rows else []
    misses = prose.explained(reports, name)
    parts = [
        f'{{{{ measure_summary("{name}") }}}}',
        _section("Target and result" if levels else "Every figure", *figures),
        _section("What it means", f'measure_meaning("{name}")'),
        _section("What was said about it", f'measure_misses("{name}")') if misses else "",
        _section("How the targets moved", f'measure_targets("{name}")') if levels and rows else "",
        _section("What is usual from month to month", f'measure_variation("{name}")') if _monthly(rows) else "",
        _section("Names and breaks", f'measure_changes("{name}")') if changed else "",
        _section("Discrepancies in the documents", f'measure_discrepancies("{name}")')
        if reports.touching(name)
        else "",
        _section("Corrections", f'measure_corrections("{name}")') if any(row.changed for row in rows) else "",
        _section("Take it away", f'measure_downloads("{name}")'),
    ]
    return _page(f"measures/{name}.md", measure.title, measure.meaning, parts, levels=levels)


def _monthly(rows: Iterable[Observation]) -> bool:
    return any(row.period.kind is PeriodKind.MONTH for row in rows)


def _savings(reports: Reports) -> Page:
    kinds = [kind for kind in SavingKind if any(saving.kind is kind for saving in reports.savings)]
    headings = {
        SavingKind.SAVING: "Savings",
        SavingKind.COST: "What the services cost",
        SavingKind.INVESTMENT: "Investment",
        SavingKind.ADDED_VALUE: "Added value",
        SavingKind.OTHER_BENEFIT: "Other benefits",
        SavingKind.ASKED_FOR: "Savings asked for",
        SavingKind.CONTRACT_VALUE: "What the contracts are worth",
        SavingKind.INCOME: "Income",
    }
    parts = [
        "{{ savings_rules() }}",
        "{{ glossary_link() }}",
        _section("By kind and year", "savings_chart()") if _sums(reports) else "",
        _section("Asked for, and what documents print", "savings_asked()") if _asked(reports) else "",
        _section("Published totals, added up again", "savings_totals()") if _totalled(reports, Saving) else "",
        _section("In real terms", "savings_real()"),
        *(_section(headings[kind], f'savings_table("{kind}")') for kind in kinds),
    ]
    return _page("savings.md", "Savings", "Savings, costs, investment and added value.", parts, "Money and people")


def _totalled(reports: Reports, kind: type[Saving | Observation]) -> bool:
    """Whether a document prints a total, rate or change of a kind of row, with its parts."""
    return any(isinstance(one.published, kind) for one in totals(reports))


def _asked(reports: Reports) -> bool:
    return any(saving.kind is SavingKind.ASKED_FOR for saving in reports.savings)


def _staffing(reports: Reports) -> Page:
    years = [year for year in reports.years if _has_staff(reports, year)]
    parts = [_section(year_title(year), f'year_staffing("{year}")') for year in reversed(years)]
    lead = "" if years else "No document here gives a figure about staff."
    parts = [lead, "{{ glossary_link() }}", *parts]
    return _page("staffing.md", "Staffing", "The people who do the work.", parts, "Money and people")


def _has_staff(reports: Reports, year: str) -> bool:
    return any(row.measure.topic is Topic.STAFFING for row in reports.of_year(year))


def _commitments(reports: Reports) -> Page:
    years = [year for year in reports.years if any(promise.year == year for promise in reports.commitments)]
    known = any(promise.outcome_source for promise in reports.commitments)
    parts = ["{{ commitments_tally() }}", "{{ glossary_link() }}"]
    parts += [_section("What is known to have become of them", "outcomes()")] if known else []
    parts += [_section(f"Promised in the report of {year_title(year)}", f'commitments("{year}")') for year in years]
    return _page("commitments.md", "Commitments", "What was promised, and what became of it.", parts, "Held to account")


def _actions(reports: Reports) -> Page:
    lead = ["{{ misses_summary() }}", "{{ glossary_link() }}"]
    parts = [*lead, _section("Every one of them", "misses()") if prose.missed(reports) else ""]
    return _page(
        "actions.md", "Actions", "Every missed service level, and what was said about it.", parts,
        "Held to account", "Missed service levels",
    )  # fmt: skip


def _months(reports: Reports) -> list[Page]:
    """Return the report of every month that has service levels, and the list of them."""
    if not reports.months:
        return []
    title = "Monthly reports"
    parts = ["{{ glossary_link() }}", "{{ months_list() }}", _section("The duty to report", "months_duty()")]
    summary = "How each month went, as the duty to report monthly asks."
    pages = [_page("reports/index.md", title, summary, parts, "Held to account")]
    for month in reports.months:
        code, label = month.code, wording.period(month)
        parts = [
            f'{{{{ month_summary("{code}") }}}}',
            "{{ glossary_link() }}",
            _section("The services", f'month_services("{code}")'),
            _section("Contractual service levels", f'month_levels("{code}", "contractual")'),
            _section("Other service levels", f'month_levels("{code}", "other")'),
            _section("Service levels not shown to be met", f'month_misses("{code}")'),
            _section("Corrective and preventative action", f'month_actions("{code}")'),
            _section("What this report must contain", f'month_duty("{code}")'),
        ]
        summary = f"Service levels, failures and action in {label}."
        pages.append(_page(f"reports/{code.lower()}.md", f"Quality of service, {label}", summary, parts))
    return pages


def _governance() -> Page:
    parts = ["{{ glossary_link() }}", _section("Boards, committees, reports and agreements", "governance()")]
    title = "Governance"
    return _page("governance.md", title, "Who must report what to whom, and how often.", parts, "Held to account")


def _discrepancies(reports: Reports) -> Page:
    years = [year for year in reports.years if any(found.year == year for found in reports.discrepancies)]
    parts = ["{{ discrepancies_summary() }}", "{{ glossary_link() }}"]
    parts += [_section(year_title(year), f'discrepancies("{year}")') for year in years]
    again = _section("Published totals and rates, worked out again", "figures_totals()")
    parts += [again] if _totalled(reports, Observation) else []
    return _page(
        "discrepancies.md", "Discrepancies", "Where the documents disagree, and what is shown instead.", parts,
        "Held to account",
    )  # fmt: skip


def _changes(reports: Reports) -> Page:
    parts = [
        "{{ changes_summary() }}",
        _section("Corrections and revisions", "corrections()") if reports.corrections else "",
        _section("Releases", "releases()"),
        _section("What was published before", "superseded()") if reports.corrections else "",
        _section("Follow the changes", "changes_files()"),
    ]
    return _page("changes.md", "Changes", "Every release, and every correction of a published figure.", parts, "Data")


def _data(reports: Reports) -> Page:
    parts = [
        "{{ glossary_link() }}",
        "{{ data_guide() }}",
        _section("Every year at once", "data_list()"),
        _section("One table", "data_tables()"),
        _section("Year by year", "data_years()"),
        _section("The newest year", "data_newest()") if reports.years else "",
        _section("What the columns mean", "data_columns()"),
        _section("How to open the data", "data_address()"),
        "### In Excel\n\n{{ data_excel() }}",
        "### In Python\n\n{{ data_python() }}",
        "### In R\n\n{{ data_r() }}",
        "### On the command line\n\n{{ data_shell() }}",
        _section("The data of many councils", "data_loop()"),
        _section("The documents", "documents()"),
    ]
    return _page("data.md", "Data", "Every figure of this site, to take away.", parts, "Data", "Data to take away")


def _dictionary() -> Page:
    tables = [_section(dictionary.title(one), f'dictionary_table("{one}")') for one in dictionary.RESOURCES]
    parts = ["{{ dictionary_list() }}", *tables]
    summary = "Every table and every column of the data, explained."
    return _page("data/dictionary.md", "Data dictionary", summary, parts, "Data", "What every column means")


def _explained(reports: Reports) -> tuple[str, ...]:
    """Return the texts of the packages that may write short forms out."""
    services = [service.description for service in reports.services.values()]
    return (*services, *(measure.meaning for measure in reports.measures.values()))


def _glossary(texts: tuple[str, ...] = ()) -> Page:
    """Return what the words of the program mean, and what the short forms stand for that some texts write out."""
    short = glossary.short_forms(texts)
    parts = ["## Words", *(f"### {text(term.title)}\n\n{text(term.meaning)}" for term in glossary.TERMS)]
    forms = [f"### {text(form)}\n\n{text(wording.capital(full))}." for form, full in short.items()]
    parts += ["## Short forms", *forms] if forms else []
    summary = "What the words of this site mean."
    return _page("glossary.md", "Glossary", summary, parts, "Data", "What these words mean")


def _legal(site: str) -> list[Page]:
    """Return what the law, the licence and a reader with a question ask for; the foot of each page links them.

    The headings of the accessibility statement are those of the model statement, word for word.
    """
    statement = [
        "{{ accessibility_commitment() }}",
        _section("Compliance status", "accessibility_status()"),
        _section("Non-accessible content", "accessibility_barriers()"),
        _section("Preparation of this accessibility statement", "accessibility_preparation()"),
        _section("Feedback and contact information", "accessibility_feedback()", "contact_ways()"),
        _section("Enforcement procedure", "accessibility_enforcement()"),
    ]
    private = [
        _section("What this website does not do", "privacy_promises()"),
        _section("What the web server keeps", "privacy_server_logs()"),
        _section("If you report a problem", "privacy_reports()"),
    ]
    licence = [
        "{{ licence_terms() }}",
        _section("What to write when you use the data", "licence_attribution()"),
        _section("How to cite a figure", "licence_citation()"),
        _section("The program", "licence_program()"),
    ]
    contact = [
        "{{ contact_publisher() }}",
        _section("How to reach us", "contact_ways()"),
        _section("Report a problem with a figure", "contact_report()"),
        _section("How corrections are published", "contact_corrections()"),
        _section("Complain about a service", "contact_complaints()"),
    ]
    used = "How accessible this website is, and what to do where it is not."
    return [
        _page("accessibility.md", f"Accessibility statement for {site}", used, statement),
        _page("privacy.md", "Privacy", "What this website and its publisher know of you.", private),
        _page("licence.md", "Licence and re-use", "How to use, acknowledge and cite what is here.", licence),
        _page("contact.md", "Contact", "How to reach the publisher, and how to report a wrong figure.", contact),
    ]


SECTIONS = ("Years", "Services", "Measures", "Money and people", "Held to account", "Data")
"""The order of the navigation. Measures stay out of it, one by one: it stands on every page."""
