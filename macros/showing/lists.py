"""Records to lists of links."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping

from ..reading.reports import Reports
from ..records import NOT_STATED, Basis, Body, Commitment, Discrepancy, Observation, Outcome, Source, Topic
from . import glossary, keys, prose, wording
from .views import Cell, ListView, Prose


def councils(reports: Reports) -> ListView:
    """Every council and its services."""
    items = []
    for council in reports.councils:
        own = [service.title for service in reports.services.values() if service.council is council]
        items.append((Cell(council.title, f"councils/{council.id}/"), Cell(f": {'; '.join(own)}.")))
    return ListView(tuple(items))


def partners(reports: Reports) -> ListView:
    """Every body that is no council with services here: what it is, when it was, and what came after it."""
    items = []
    for body in reports.bodies.values():
        if body in reports.councils:
            continue
        span = [f"{word} {wording.period(when)}" for word, when in (("from", body.start), ("until", body.end)) if when]
        after = reports.bodies.get(body.successor_id)
        says = [", ".join([wording.capital(body.kind), *span]), body.note.rstrip(".")]
        says.append(f"After it came {after.title}" if after else "")
        items.append((Cell(f"{body.title}: {'. '.join(text for text in says if text)}."),))
    return ListView(tuple(items))


def services(reports: Reports, council: Body | None = None) -> ListView:
    """Every service, or those for one council, and what its service levels came to."""
    items = []
    for service in reports.services.values():
        if council not in (None, service.council):
            continue
        came = [cell for sentence in prose.service_tally(reports, service) for cell in (Cell(" "), *sentence)]
        items.append((Cell(service.title, f"services/{service.id}/"), Cell(f": {service.description}"), *came))
    return ListView(tuple(items))


def measures(reports: Reports, topic: Topic) -> ListView:
    """Every measure of a topic with what its newest figure says."""
    items = []
    for measure in reports.measures.values():
        if measure.topic is topic:
            rows = reports.series(measure.id)
            newest = prose.latest(rows)
            says = _sentence(newest, reports) if newest else Cell("No figure was published.")
            ended = f" It is no longer published. {measure.ended}" if measure.ended else ""
            link = Cell(measure.title, f"measures/{measure.id}/")
            items.append((link, Cell(f" ({measure.service.title}). "), says, *([Cell(ended)] if ended else [])))
    return ListView(tuple(items))


def _sentence(seen: Observation, reports: Reports) -> Cell:
    says = prose.sentence(seen, reports.series(seen.measure.id), reports)
    return Cell(says, key=keys.key(seen), field=keys.SENTENCE)


def year_turn(reports: Reports, year: str) -> Prose:
    """Link to the year before and the year after, where there is a package for one."""
    place = reports.years.index(year)
    cells: list[Cell] = []
    if place:
        before = reports.years[place - 1]
        cells.append(Cell(f"‹ Year before: {wording.year(before)}", f"years/{before}/"))
    if place + 1 < len(reports.years):
        after = reports.years[place + 1]
        cells += [Cell(" ")] if cells else []
        cells.append(Cell(f"Year after: {wording.year(after)} ›", f"years/{after}/"))
    return Prose((tuple(cells),))


def outcomes_shown(reports: Reports, year: str) -> ListView:
    """Promises of other years whose outcome a document about this year shows."""
    return commitments(promise for promise in reports.commitments if reports.shown_in(promise) == year)


def misses(reports: Reports, council: Body | None = None, most: int | None = None) -> ListView:
    """Every missed service level, or those of one council, in a sentence, with the reason that was given, in short.

    Args:
        reports: what the packages hold.
        council: only those of this one.
        most: how many at most, the newest.
    """
    items = []
    for seen in prose.missed(reports, council)[:most]:
        title = Cell(seen.measure.title, f"measures/{seen.measure.id}/")
        service = Cell(f" ({seen.measure.service.title}). ")
        items.append((title, service, _sentence(seen, reports), *_reason(seen, reports)))
    return ListView(tuple(items)) if items else ListView(((Cell("No service level here was missed."),),))


def _reason(seen: Observation, reports: Reports) -> tuple[Cell, ...]:
    """Give the beginning of the reason for a miss, with the way to all that was said; every word stands there."""
    act = reports.action_for(seen)
    if act is None:
        return (Cell(" No reason was given."),)
    everything = Cell("All that was said", f"actions/#{prose.miss_id(seen)}")
    if act.why == NOT_STATED:
        return Cell(" No reason was given. "), everything
    return Cell(f" The reason given: {wording.quoted(wording.beginning(act.why))} "), everything


def outcomes(promises: tuple[Commitment, ...]) -> ListView:
    """How many promises came to what."""
    count = Counter(promise.outcome for promise in promises)
    items = []
    for outcome in Outcome:
        if count[outcome]:
            counted = Cell(str(count[outcome]), key=keys.those("commitments", outcome=outcome), field=keys.ROWS)
            items.append((Cell(f"{wording.capital(outcome.value)}: "), counted))
    return ListView(tuple(items))


def commitments(promises: Iterable[Commitment]) -> ListView:
    """Promises with their outcomes, each linked to its quotes."""
    return ListView(
        tuple(
            (
                Cell(promise.title, f"commitments/#{promise.id}"),
                Cell(f", promised by {promise.made_by.title}: {promise.outcome.value}"),
            )
            for promise in promises
        )
    )


def discrepancies(found: Iterable[Discrepancy]) -> ListView:
    """Disagreements with their kinds, each linked to its quotes."""
    return ListView(tuple((Cell(one.title, f"discrepancies/#{one.id}"), Cell(f" ({one.kind})")) for one in found))


def discrepancies_shown(found: Iterable[Discrepancy]) -> ListView:
    """Disagreements with what this site shows because of them, each linked to its quotes."""
    return ListView(
        tuple((Cell(one.title, f"discrepancies/#{one.id}"), Cell(f" ({one.kind}): {one.published}")) for one in found)
    )


def discrepancy_kinds(reports: Reports) -> ListView:
    """How many disagreements there are of each kind, each linked to what it means."""
    count = Counter(found.kind for found in reports.discrepancies)
    items = []
    for kind, many in count.most_common():
        known = glossary.term(wording.capital(kind))
        counted = Cell(str(many), key=keys.those("discrepancies", kind=kind), field=keys.ROWS)
        items.append((Cell(known.title, known.address), Cell(": "), counted))
    return ListView(tuple(items))


def downloads(files: Mapping[str, bytes], wanted: Mapping[str, str]) -> ListView:
    """Links to files, each with what it is, its kind and its size."""
    items = []
    for path, what in wanted.items():
        if path not in files:
            continue
        kind = path.rsplit(".", 1)[-1].upper()
        items.append((Cell(f"{what} ({kind}, {wording.size(len(files[path]))})", path),))
    return ListView(tuple(items))


_CHANGES = {
    "renamed": "its name changed",
    "redefined": "its definition changed",
    "retargeted": "its target changed",
    "population": "what it counts changed",
    "method": "the way it is measured changed",
}


def changes(reports: Reports, measure_id: str) -> ListView:
    """List the names a measure had, and its breaks."""
    items = [
        (Cell(f"Called “{name.name}” {wording.in_period(name.period)}"), *_source(name.source))
        for name in reports.names
        if name.measure_id == measure_id
    ]
    for found in reports.breaks_of(measure_id):
        may = "This stops no comparison" if found.comparable else "Figures before and after may not be compared"
        span = f"Between {wording.period(found.before)} and {wording.period(found.after)} {_CHANGES[found.kind]}: "
        items.append((Cell(f"{span}{found.reason} {may}"), *_source(found.source)))
    return ListView(tuple(items))


def _source(source: Source) -> tuple[Cell, ...]:
    return Cell(" ("), Cell(source.document.title, f"data/#{source.document.id}"), Cell(f", {source.place}).")


def targets(reports: Reports, measure_id: str) -> ListView:
    """Every target a measure had, where it came from, and why it moved."""
    items: list[tuple[Cell, ...]] = []
    last = ""
    before: Observation | None = None
    for seen in reports.series(measure_id):
        if seen.target is None:
            continue
        basis = "; its basis is not stated" if seen.target.basis is Basis.NOT_STATED else f", {seen.target.basis.value}"
        aimed = wording.target(seen.target, seen.measure.unit)
        says = f"{aimed}{basis}"
        if says == last:
            continue
        moved = seen.target.reason
        why = "" if not moved else " Why it moved is not stated." if moved == NOT_STATED else f" Why: {moved}"
        against = prose.against_old_target(seen, before)
        shown = Cell(aimed, key=keys.key(seen), field=keys.TARGET)
        when = Cell(f"{wording.capital(wording.in_period(seen.period))}: ")
        items.append((when, shown, Cell(f"{basis}.{why}{against}")))
        last = last if seen.is_proposed else says
        # A target that was only proposed, or suspended, is no target before.
        before = before if seen.is_proposed or seen.target.value is None else seen
    return ListView(tuple(items))
