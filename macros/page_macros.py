"""The macros a page may call. Each takes literal arguments and returns HTML for its place on the page."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date

from .meaning.reconciliation import totals
from .publishing.chart_files import takeaway
from .publishing.materials import ADDRESS, version
from .publishing.tables import fields, keys
from .reading.logo import Logo
from .reading.prose import Calls
from .reading.reports import Reports
from .reading.settings import Settings
from .records import Observation, Period, PeriodKind, Saving, SavingKind, Topic
from .showing import (
    changes,
    charts,
    dictionary,
    entries,
    home,
    lateness,
    legal,
    lists,
    months,
    prose,
    saving_charts,
    tables,
    taking,
    wording,
)
from .showing.rendering import render
from .showing.views import ChartView, Code, Entry, Small, TableView, View

ASIDE = (TableView, ChartView, Entry, Small, Code)
"""Views of many figures. They stay out of Markdown, which would read them for nothing, and out of the search index."""


def _inline(html: str) -> str:
    return html


# mkdocs-macros writes out every macro for its log, and with it what it belongs to: all packages and files, each time.
@dataclass(slots=True, repr=False)
class PageMacros:
    """Macros over the packages.

    ``root`` is the way from the page that is being built to the site's home. ``place`` may put HTML aside, to be set
    in after Markdown; without it HTML goes straight into the page. ``address`` is where the site is published, empty
    where ``mkdocs.yml`` does not say. ``logo`` stands at the head of every page, where the council has one. ``preview``
    says for whom a preview is built; it is empty where none is. ``today`` is the day of the build, by which something
    may be late.
    """

    reports: Reports
    site: Settings
    files: Mapping[str, bytes]
    root: Callable[[], str]
    place: Callable[[str], str] = field(default=_inline)
    address: str = ""
    logo: Logo | None = None
    preview: str = ""
    today: date = date.min

    def _show(self, *views: View) -> str:
        shown = []
        for view in views:
            html = render(self._offered(view), self.root())
            shown.append(self.place(html) if isinstance(view, ASIDE) else html)
        return "\n\n".join(shown)

    def _offered(self, view: View) -> View:
        """Return a chart with what a reader can take away of it, and any other view as it is."""
        if not isinstance(view, ChartView):
            return view
        return replace(view, takeaway=takeaway(view, self.files, self.site.name, self.address))

    def _observations(self, year: str, topic: Topic) -> list[Observation]:
        return [seen for seen in self.reports.observations if seen.year == year and seen.measure.topic is topic]

    def _savings(self, caption: str, rows: Iterable[Saving]) -> str:
        return self._show(tables.savings(caption, tuple(rows)))

    # Words

    def glossary_link(self) -> str:
        """Say what a service level is and what short forms stand for, with a link to the glossary."""
        return self._show(prose.glossary_link(self.reports))

    # The home page

    def home_summary(self) -> str:
        """Say in one sentence what all years came to."""
        return self._show(home.summary(self.reports))

    def home_late(self) -> str:
        """Say what of the newest year is late, if anything is."""
        return self._show(*lateness.newest(self.reports, self.today))

    def home_cards(self) -> str:
        """Show the figures a reader looks for first."""
        return self._show(home.cards(self.reports))

    def home_savings(self) -> str:
        """Say what each service saved, by the newest total a document prints."""
        return self._show(home.savings(self.reports))

    def scorecard(self) -> str:
        """Show for each service and year how many service levels were met and missed."""
        return self._show(tables.scorecard(self.reports))

    def misses_list(self) -> str:
        """List every missed service level in a sentence, with the reason that was given."""
        return self._show(lists.misses(self.reports))

    def years_table(self) -> str:
        """Show every year with the count of its verdicts."""
        return self._show(tables.years(self.reports))

    def years_expected(self) -> str:
        """List what is expected of years that are not published yet."""
        return self._show(*lateness.to_come(self.reports, self.today))

    def year_expected(self, year: str) -> str:
        """List what of a year is still to come, and what of it is late."""
        return self._show(*lateness.of_year(self.reports, year, self.today))

    def savings_chart(self) -> str:
        """Draw the yearly savings of each service, and list the sums that stand in no chart."""
        views = [
            chart
            for service in self.reports.services
            for chart in saving_charts.savings(service, SavingKind.SAVING, self.reports)
        ]
        return self._show(*views, *saving_charts.not_drawn(SavingKind.SAVING, self.reports))

    def services_list(self) -> str:
        """List every service."""
        return self._show(lists.services(self.reports))

    # One year

    def year_summary(self, year: str) -> str:
        """Say what a year came to."""
        return self._show(prose.year_summary(self.reports, year))

    def year_turn(self, year: str) -> str:
        """Link to the year before and the year after."""
        return self._show(lists.year_turn(self.reports, year))

    def year_misses(self, year: str) -> str:
        """Show a year's missed service levels and what was said about them."""
        rows = [seen for seen in prose.missed(self.reports) if seen.year == year]
        return self._show(*(entries.miss(seen, self.reports) for seen in rows))

    def year_service_levels(self, year: str) -> str:
        """Show every service level of a year, a table for each service, months apart."""
        rows = self._observations(year, Topic.SERVICE_LEVEL)
        views = []
        for service in self.reports.services.values():
            own = [seen for seen in rows if seen.measure.service is service]
            months = [seen for seen in own if seen.period.kind is PeriodKind.MONTH]
            for chosen, kind in (([seen for seen in own if seen not in months], ""), (months, ", month by month")):
                if chosen:
                    caption = f"{service.title}, {wording.year(year)}{kind}"
                    views.append(tables.service_levels(caption, chosen))
        return self._show(*views)

    def year_savings(self, year: str) -> str:
        """Show a year's money, a table for each kind."""
        rows = [saving for saving in self.reports.savings if saving.year == year]
        views = []
        for kind in SavingKind:
            own = [saving for saving in rows if saving.kind is kind]
            if own:
                views.append(tables.savings(f"{wording.capital(kind.value)}, {wording.year(year)}", own))
        return self._show(*views)

    def year_staffing(self, year: str) -> str:
        """Show a year's figures about staff."""
        rows = self._observations(year, Topic.STAFFING)
        return self._show(tables.observations(f"Staffing, {wording.year(year)}", rows))

    def year_activity(self, year: str) -> str:
        """Show a year's volumes and indicators without a target, a table for each service."""
        rows = self._observations(year, Topic.ACTIVITY)
        views = []
        for service in self.reports.services.values():
            own = [seen for seen in rows if seen.measure.service is service]
            if own:
                views.append(tables.observations(f"Activity, {service.title}, {wording.year(year)}", own))
        return self._show(*views)

    def year_commitments(self, year: str) -> str:
        """List what was promised in a year's reports and what became of it."""
        return self._show(lists.commitments(promise for promise in self.reports.commitments if promise.year == year))

    def year_milestones(self, year: str) -> str:
        """Show a year's dated events."""
        rows = [event for event in self.reports.milestones if event.year == year]
        return self._show(tables.milestones(f"Dated events, {wording.year(year)}", rows))

    def year_discrepancies(self, year: str) -> str:
        """List where documents disagree about a year."""
        return self._show(lists.discrepancies(found for found in self.reports.discrepancies if found.year == year))

    def year_documents(self, year: str) -> str:
        """Show the documents a year's rows come from."""
        documents = {source.document.id: source.document for source in self.reports.sources(year)}
        return self._show(*(entries.document(documents[key]) for key in sorted(documents)))

    def year_downloads(self, year: str) -> str:
        """List the files of a year's package."""
        title = wording.year(year)
        wanted = {f"data/{year}.zip": f"The whole package of {title}"}
        wanted[f"data/{year}.xlsx"] = f"Workbook of {title} for Excel"
        wanted[f"data/{year}.ods"] = f"Workbook of {title} for LibreOffice"
        wanted[f"data/{year}/datapackage.json"] = f"Description of the package of {title}"
        for path in self.files:
            if path.startswith(f"data/{year}/") and path.endswith(".csv"):
                wanted[path] = f"{wording.capital(path.rsplit('/', 1)[1][:-4].replace('_', ' '))}, {title}"
        return self._show(lists.downloads(self.files, wanted))

    def year_outcomes(self, year: str) -> str:
        """List promises of other years whose outcome a document about this year shows."""
        return self._show(lists.outcomes_shown(self.reports, year))

    # One month

    def months_list(self) -> str:
        """List the reports of every month."""
        return self._show(months.index(self.reports))

    def months_duty(self) -> str:
        """Show the duties to report monthly, and where documents disagree about them."""
        duties = [duty for month in self.reports.months for duty in months.duties_for(self.reports, month)]
        known = {duty.id: duty for duty in duties}
        found = self.reports.touching(*known)
        views = [entries.duty(duty) for duty in known.values()]
        return self._show(*views, *(entries.discrepancy(one, self.reports) for one in found))

    def month_summary(self, month: str) -> str:
        """Say how a month went."""
        return self._show(months.summary(self.reports, Period.parse(month)))

    def month_services(self, month: str) -> str:
        """List a month's services and what each delivers."""
        return self._show(months.services(self.reports, Period.parse(month)))

    def month_levels(self, month: str, basis: str) -> str:
        """Show a month's contractual service levels, or the others."""
        when = Period.parse(month)
        rows = months.by_basis(self.reports, when, basis)
        caption = f"{wording.capital(basis)} service levels, {wording.period(when)}"
        return self._show(tables.service_levels(caption, rows) if rows else months.nothing(basis))

    def month_misses(self, month: str) -> str:
        """List a month's service levels that were missed or not measured."""
        return self._show(months.misses(self.reports, Period.parse(month)))

    def month_actions(self, month: str) -> str:
        """Show the timetable of what is done about a month's misses."""
        return self._show(months.actions(self.reports, Period.parse(month)))

    def month_duty(self, month: str) -> str:
        """Show what the month's report must contain, and how that changed later."""
        return self._show(*months.contents(self.reports, Period.parse(month)))

    # One service

    def service_summary(self, service: str) -> str:
        """Say what a service does, for whom, and what its service levels came to."""
        return self._show(prose.service_summary(self.reports, service))

    def service_years(self, service: str) -> str:
        """Show a service's results, money and people of the same years side by side."""
        return self._show(prose.no_cause(), tables.service_years(self.reports, self.reports.services[service]))

    def service_charts(self, service: str) -> str:
        """Draw a small chart for each service level of a service."""
        small = charts.small_multiples(service, self.reports)
        return self._show(small) if small.charts else ""

    def service_levels(self, service: str) -> str:
        """Show a service's targets, results and verdicts in every year; months stand on the pages of the measures."""
        known = self.reports.services[service]
        rows = [seen for seen in self.reports.observations if seen.measure.service is known and seen.target]
        years = [seen for seen in rows if seen.period.kind is not PeriodKind.MONTH] or rows
        return self._show(tables.service_levels(f"Service levels, {known.title}", years))

    def service_savings(self, service: str) -> str:
        """Show a service's money in every year."""
        known = self.reports.services[service]
        rows = [saving for saving in self.reports.savings if saving.service is known]
        return self._savings(f"Savings, costs and investment, {known.title}", rows)

    def service_staffing(self, service: str) -> str:
        """Show a service's figures about staff."""
        return self._of_service(service, Topic.STAFFING, "Staffing")

    def service_activity(self, service: str) -> str:
        """Show a service's volumes and indicators without a target."""
        return self._of_service(service, Topic.ACTIVITY, "Activity")

    def _of_service(self, service: str, topic: Topic, title: str) -> str:
        known = self.reports.services[service]
        rows = [
            seen for seen in self.reports.observations if seen.measure.service is known and seen.measure.topic is topic
        ]
        return self._show(tables.observations(f"{title}, {known.title}", rows))

    def service_commitments(self, service: str) -> str:
        """List what was promised of a service and what became of it."""
        own = (promise for promise in self.reports.commitments if promise.service.id == service)
        return self._show(lists.commitments(own))

    def service_milestones(self, service: str) -> str:
        """Show a service's dated events."""
        rows = [event for event in self.reports.milestones if event.service.id == service]
        title = self.reports.services[service].title
        return self._show(tables.milestones(f"Dated events, {title}", rows))

    def service_governance(self, service: str) -> str:
        """Show who must report on a service."""
        return self._show(*(entries.duty(duty) for duty in self.reports.duties if duty.service.id == service))

    # One council

    def councils_list(self) -> str:
        """List every council and its services."""
        return self._show(lists.councils(self.reports))

    def partners_list(self) -> str:
        """List every other body and what is known of it."""
        return self._show(lists.partners(self.reports))

    def council_summary(self, council: str) -> str:
        """Say what the service levels of a council's services came to."""
        return self._show(prose.council_summary(self.reports, self.reports.bodies[council]))

    def council_misses(self, council: str) -> str:
        """List a council's missed service levels, each with the reason that was given."""
        return self._show(lists.misses(self.reports, self.reports.bodies[council]))

    def council_savings(self, council: str) -> str:
        """Say what a council's services saved, by the newest totals documents print."""
        return self._show(home.savings(self.reports, self.reports.bodies[council]))

    def council_years(self, council: str) -> str:
        """Show the count of verdicts of each service of a council in each year."""
        return self._show(tables.council_years(self.reports, self.reports.bodies[council]))

    def council_services(self, council: str) -> str:
        """List the services for a council."""
        return self._show(lists.services(self.reports, self.reports.bodies[council]))

    def council_commitments(self, council: str) -> str:
        """List what was promised of a council's services and what became of it."""
        own = (promise for promise in self.reports.commitments if promise.service.council.id == council)
        return self._show(lists.commitments(own))

    # One measure

    def measures_list(self, topic: str) -> str:
        """List every measure of a topic with its newest figure."""
        return self._show(lists.measures(self.reports, Topic(topic)))

    def measure_summary(self, measure: str) -> str:
        """Say what a measure's newest figure is and how it moved."""
        return self._show(prose.measure_summary(measure, self.reports))

    def measure_charts(self, measure: str) -> str:
        """Draw a measure over its periods, with the target as target."""
        return self._show(*charts.of_measure(measure, self.reports))

    def measure_table(self, measure: str) -> str:
        """Show a measure in every period, with the document and place of every figure."""
        rows = self.reports.series(measure)
        title = self.reports.measures[measure].title
        return self._show(tables.series(f"{title}: every published figure", rows, self.reports))

    def measure_meaning(self, measure: str) -> str:
        """Say what a measure means, which way is better, and how new its figures are."""
        return self._show(prose.measure_meaning(self.reports.measures[measure], self.reports))

    def measure_misses(self, measure: str) -> str:
        """Show a measure's misses, and whatever was said about a service level."""
        rows = prose.explained(self.reports, measure)
        return self._show(*(entries.miss(seen, self.reports) for seen in rows))

    def measure_targets(self, measure: str) -> str:
        """List a measure's targets and why they moved."""
        return self._show(lists.targets(self.reports, measure))

    def measure_variation(self, measure: str) -> str:
        """Say what is usual for a measure from month to month."""
        return self._show(prose.month_to_month(measure, self.reports))

    def measure_changes(self, measure: str) -> str:
        """List the names a measure had and its breaks."""
        return self._show(lists.changes(self.reports, measure))

    def measure_discrepancies(self, measure: str) -> str:
        """Show where documents disagree about a measure."""
        return self._show(lists.discrepancies_shown(self.reports.touching(measure)))

    def measure_downloads(self, measure: str) -> str:
        """List the files of a measure."""
        title = self.reports.measures[measure].title
        wanted = {f"data/measures/{measure}.{kind}": title for kind in ("csv", "json")}
        return self._show(lists.downloads(self.files, wanted))

    # Money

    def savings_rules(self) -> str:
        """Say what is never added together."""
        return self._show(prose.savings_rules())

    def savings_totals(self) -> str:
        """Show every published total of money beside what its parts give."""
        money = [one for one in totals(self.reports) if isinstance(one.published, Saving)]
        return self._show(tables.totals("Published totals of money beside what their parts give", money))

    def figures_totals(self) -> str:
        """Show every other published total, rate and change beside what its parts give."""
        others = [one for one in totals(self.reports) if not isinstance(one.published, Saving)]
        return self._show(tables.totals("Published totals and rates beside what their parts give", others))

    def savings_asked(self) -> str:
        """Show savings that were asked for beside those documents print, and what speaks against them."""
        asked = {row.service.id: row.service for row in self.reports.savings if row.kind is SavingKind.ASKED_FOR}
        own = [row for row in self.reports.savings if row.service.id in asked]
        sums = [row.id for row in own if row.parts or row.kind is SavingKind.ASKED_FOR]
        doubts = lists.discrepancies_shown(self.reports.touching(*sums))
        shown = [tables.asked(self.reports, service) for service in asked.values()]
        return self._show(*shown, *([doubts] if doubts.items else []))

    def savings_real(self) -> str:
        """Show yearly sums in the prices of the newest index, or say that there is none."""
        table = tables.real(self.reports)
        return self._show(prose.real_terms(self.reports), *([table] if table.rows else []))

    def savings_table(self, kind: str) -> str:
        """Show every sum of one kind."""
        rows = sorted(
            (saving for saving in self.reports.savings if saving.kind.value == kind), key=lambda row: row.period
        )
        return self._savings(f"{wording.capital(kind)}, every year", rows)

    # Held to account

    def commitments_tally(self) -> str:
        """Count what became of promises."""
        return self._show(prose.promises(self.reports), lists.outcomes(self.reports.commitments))

    def outcomes(self) -> str:
        """List the promises of which a later document says what became."""
        known = (promise for promise in self.reports.commitments if promise.outcome_source)
        return self._show(lists.commitments(known))

    def commitments(self, year: str) -> str:
        """Show what was promised in a year's reports and what became of it, with both quotes."""
        own = [promise for promise in self.reports.commitments if promise.year == year]
        return self._show(*(entries.commitment(promise) for promise in own))

    def discrepancies(self, year: str) -> str:
        """Show where documents disagree about a year, with the quotes and what is shown instead."""
        own = [found for found in self.reports.discrepancies if found.year == year]
        own.sort(key=lambda found: (found.kind in entries.SLIGHT, found.unit is None))
        return self._show(*(entries.discrepancy(found, self.reports) for found in own))

    def misses_summary(self) -> str:
        """Say how many service levels were missed."""
        return self._show(prose.misses_summary(self.reports))

    def misses(self) -> str:
        """Show every missed service level and the questions a committee asks."""
        return self._show(*(entries.miss(seen, self.reports) for seen in prose.missed(self.reports)))

    def governance(self) -> str:
        """Show every board, committee, report and agreement."""
        return self._show(*(entries.duty(duty) for duty in self.reports.duties))

    def discrepancies_summary(self) -> str:
        """Count the disagreements of each kind."""
        return self._show(prose.disagreements(self.reports), lists.discrepancy_kinds(self.reports))

    # Data

    def changes_summary(self) -> str:
        """Say how many published figures were changed."""
        return self._show(changes.summary(self.reports))

    def corrections(self) -> str:
        """Show every change to a published figure."""
        return self._show(*changes.entries(self.reports))

    def measure_corrections(self, measure: str) -> str:
        """List what was changed of a measure after it was published."""
        return self._show(changes.of_page(self.reports, lambda one: one.correction.key.split()[0] == measure))

    def year_corrections(self, year: str) -> str:
        """List what was changed of a year after it was published."""
        own = changes.of_page(self.reports, lambda one: one.correction.year == year)
        return self._show(own, changes.superseded(self.files, year))

    def releases(self) -> str:
        """Show the newest release of each year's package."""
        return self._show(changes.releases_table(self.reports))

    def superseded(self) -> str:
        """List the packages as they were before they were corrected."""
        return self._show(changes.superseded(self.files))

    def changes_files(self) -> str:
        """List the files by which a program follows the changes."""
        wanted = {"feed.xml": "Feed of releases and corrections", "changes.json": "All releases and corrections"}
        return self._show(lists.downloads(self.files, wanted))

    def data_guide(self) -> str:
        """Say which file is for whom."""
        return self._show(*taking.guide())

    def data_list(self) -> str:
        """List the files that hold every year."""
        return self._show(taking.everything(self.files))

    def data_tables(self) -> str:
        """List every table of all years."""
        return self._show(taking.tables(self.files))

    def data_years(self) -> str:
        """List the files of each year."""
        return self._show(taking.years(self.reports, self.files))

    def data_newest(self) -> str:
        """Give the addresses that always hold the newest year."""
        return self._show(*taking.newest(self.reports, self.files))

    def data_columns(self) -> str:
        """Link to where every column is explained."""
        return self._show(taking.columns())

    def data_address(self) -> str:
        """Say which address stands in the lines below."""
        return self._show(taking.placeholder(self.address))

    def data_excel(self) -> str:
        """Say how to open the data in a spreadsheet."""
        return self._show(taking.excel())

    def data_python(self) -> str:
        """Give lines for Python."""
        return self._show(taking.python(self.address))

    def data_r(self) -> str:
        """Give lines for R."""
        return self._show(taking.r(self.address))

    def data_shell(self) -> str:
        """Give lines for the command line."""
        return self._show(*taking.shell(self.address))

    def data_loop(self) -> str:
        """Give a program that joins the service levels of many sites."""
        return self._show(*taking.loop(self.files))

    def dictionary_list(self) -> str:
        """List every table, each with a link to its columns."""
        return self._show(dictionary.contents())

    def dictionary_table(self, table: str) -> str:
        """Explain a table and each of its columns."""
        return self._show(dictionary.about(table, keys(table)), dictionary.table(table, fields(table)))

    def documents(self) -> str:
        """Show every document figures come from, and what is known to be missing."""
        return self._show(*(entries.document(document) for document in self.reports.documents.values()))

    # What the law, the licence and a reader with a question ask for

    def accessibility_commitment(self) -> str:
        """Give the commitment of the regulations, and say what the accessibility statement covers."""
        return self._show(legal.commitment(self.site))

    def accessibility_status(self) -> str:
        """Say how far the site meets the accessibility standard."""
        return self._show(legal.status(self.site.accessibility))

    def accessibility_barriers(self) -> str:
        """Show what is not accessible, and when it is put right."""
        return self._show(*legal.barriers(self.site.accessibility))

    def accessibility_preparation(self) -> str:
        """Say when the statement was prepared and reviewed, and how the site was tested."""
        return self._show(legal.preparation(self.site.accessibility))

    def accessibility_feedback(self) -> str:
        """Ask for accessibility problems, and offer information in another format."""
        return self._show(legal.feedback())

    def accessibility_enforcement(self) -> str:
        """Say who enforces the regulations, and where a complaint goes next."""
        return self._show(legal.enforcement(self.site.accessibility.region))

    def privacy_promises(self) -> str:
        """List what the site does not do."""
        return self._show(legal.privacy())

    def privacy_server_logs(self) -> str:
        """Say what the web server keeps, or whom to ask."""
        return self._show(legal.server_logs(self.site))

    def privacy_reports(self) -> str:
        """Say what becomes of personal data in a report of a problem."""
        return self._show(legal.reports(self.site.contact))

    def licence_terms(self) -> str:
        """Say under which licence the data are published."""
        return self._show(legal.licence(self.site))

    def licence_attribution(self) -> str:
        """Give the sentence that whoever uses the data is asked to write."""
        return self._show(legal.attribution(self.site))

    def licence_citation(self) -> str:
        """Say how to cite a figure."""
        return self._show(*legal.citation(self.site))

    def licence_program(self) -> str:
        """Say which program made the site, and list its parts."""
        wanted = {ADDRESS: "The program and its parts, each with its version: a bill of materials"}
        return self._show(legal.program(version()), lists.downloads(self.files, wanted))

    def contact_publisher(self) -> str:
        """Say who publishes the site."""
        return self._show(legal.publisher(self.site))

    def contact_ways(self) -> str:
        """List every way to reach the publisher."""
        return self._show(legal.ways(self.site.contact))

    def contact_report(self) -> str:
        """Say what a report of a wrong figure needs."""
        return self._show(*legal.report())

    def contact_corrections(self) -> str:
        """Say how corrections are published."""
        return self._show(legal.corrections())

    # The methodology

    def verdict_rules(self) -> str:
        """Show the rule behind each verdict."""
        return self._show(prose.verdict_rules())

    def variation_rules(self) -> str:
        """Say how the usual range of monthly figures is worked out."""
        return self._show(prose.variation_rules())


def calls(macros: PageMacros) -> Calls:
    """Return the macros by the name pages call them, and the words their parameters take."""
    names = [name for name in vars(PageMacros) if not name.startswith("_") and callable(vars(PageMacros)[name])]
    reports = macros.reports
    words = {
        "year": reports.years,
        "service": tuple(reports.services),
        "council": tuple(council.id for council in reports.councils),
        "measure": tuple(reports.measures),
        "topic": tuple(Topic),
        "kind": tuple(SavingKind),
        "month": tuple(month.code for month in reports.months),
        "basis": ("contractual", "other"),
        "table": dictionary.RESOURCES,
    }
    return Calls({name: getattr(macros, name) for name in names}, words)
