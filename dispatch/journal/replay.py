"""Folds the journal to any instant. Reads only; imports no reactor and recomputes nothing."""

from __future__ import annotations

from collections.abc import Iterable

import msgspec

from dispatch import events as ev
from dispatch.board import Board
from dispatch.journal.chain import Entry, Journal, entries_of
from dispatch.journal.subjects import CATALOGUE


def fold(entries: Iterable[Entry], board: Board | None = None) -> Board:
    """The board after these entries."""
    board = board or Board()
    for entry in entries:
        take(board, entry.seq, entry.event)
    return board


def take(board: Board, seq: int, event: ev.Event) -> str:
    """Folds one entry. Why it says nothing to the board, "" when it does: one that cannot be folded is passed over."""
    try:
        board.apply(seq, event)
    except Exception as wrong:
        board.seq = seq
        return repr(wrong)
    return ""


def board_at(journal: Journal, seq: int) -> Board:
    """The board as it was after entry `seq`."""
    return fold(entries_of(journal, upto=seq))


class StoryStep(msgspec.Struct, frozen=True):
    """One entry of a story: its number, when it happened and was recorded (seconds since 1970), and the event."""

    seq: int
    at: float
    recorded: float
    event: ev.AnyEvent


class InForce(msgspec.Struct, frozen=True):
    """From entry `seq` on the words of `language` are those with this digest, "" for none."""

    seq: int
    language: str
    digest: str


class Story(msgspec.Struct, kw_only=True):
    """All entries about one call: itself, its incident, the units sent, what neighbours were told, who looked at it."""

    call: str
    incident: str = ""
    assignments: list[str] = []
    steps: list[StoryStep] = []
    catalogues: list[InForce] = []


def story_of(journal: Journal, call: str) -> Story:
    """What the journal tells of one call, in order. A call that never was has no steps. Reads the entries about the
    call, its incident and what hangs on that, and no others; units' positions from assignment to release."""
    story = Story(call=call)
    kept: dict[int, StoryStep] = {}
    ahead, seen = [call], {call}
    while ahead:
        for entry in journal.about(ahead.pop(0)):
            step = _step(entry)
            if entry.seq in kept or isinstance(step.event, ev.UnitsSighted):
                continue
            kept[entry.seq] = step
            for thing in _leads_to(step.event, story):
                if thing not in seen:
                    seen.add(thing)
                    ahead.append(thing)
    for unit, begin, end in _on_the_way(kept):
        for entry in journal.about(unit, begin, end):
            event = entry.event
            if isinstance(event, ev.UnitsSighted):
                before = kept[entry.seq].event if entry.seq in kept else None
                known = before.fixes if isinstance(before, ev.UnitsSighted) else ()
                fixes = (*known, *(fix for fix in event.fixes if fix.unit == unit))
                kept[entry.seq] = _step(entry, ev.UnitsSighted(at=event.at, fixes=fixes))
    story.steps = [step for _, step in sorted(kept.items())]
    if story.steps:
        story.catalogues = in_force(journal, story.steps[0].seq, story.steps[-1].seq)
    return story


def in_force(journal: Journal, begin: int, end: int) -> list[InForce]:
    """The words in which codes were read from entry `begin` to entry `end`, by language and time."""
    before: dict[str, InForce] = {}
    later = []
    for entry in journal.about(CATALOGUE, 0, end):
        if isinstance(entry.event, ev.CatalogueInForce):
            one = InForce(entry.seq, entry.event.language, entry.event.digest)
            if one.seq <= begin:
                before[one.language] = one
            else:
                later.append(one)
    return [*before.values(), *later]


def _step(entry: Entry, event: ev.Event | None = None) -> StoryStep:
    event = event or entry.event
    return StoryStep(entry.seq, event.at, entry.recorded, event)


def _leads_to(event: ev.Event, story: Story) -> tuple[str, ...]:
    """The things that belong to the story because of this."""
    match event:
        case ev.IncidentOpened() | ev.CallLinked() if event.call == story.call:
            story.incident = event.incident
            return (event.incident,)
        case ev.CentreAlerted() | ev.AlertLinked() if event.incident == story.incident:
            return (event.alert,)
        case ev.UnitAssigned() if event.incident == story.incident:
            story.assignments.append(event.assignment)
            return (event.assignment,)
        case ev.NoticeOrdered():
            return (event.notice,)
    return ()


def _on_the_way(kept: dict[int, StoryStep]) -> list[tuple[str, int, int | None]]:
    """(unit, entry of its assignment, entry of its release or None) of each assignment."""
    began: dict[str, tuple[str, int]] = {}
    ended: dict[str, int] = {}
    for seq, step in sorted(kept.items()):
        match step.event:
            case ev.UnitAssigned(assignment=assignment, unit=unit):
                began[assignment] = (unit, seq)
            case (
                ev.AssignmentReleased(assignment=assignment)
                | ev.AssignmentProgressed(assignment=assignment, progress="clear")
            ):
                ended.setdefault(assignment, seq)
    return [(unit, seq, ended.get(assignment)) for assignment, (unit, seq) in began.items()]
