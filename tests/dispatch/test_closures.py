"""Streets that are closed on the map, opened by hand or by the clock, and what is said of rain and water."""

from dispatch import commands as cmd
from dispatch import events as ev
from routing.network.drawn import Drawn, Under
from tests.dispatch.story import PLACE, Story, kinds
from tests.texts import refuses

HERE = Drawn(shape="point", points=((0.92, 104.45),), radius_m=20.0)
TWO = Under(pieces=(3, 4), streets=("Jl. Merdeka",))


def room() -> Story:
    return Story(under=lambda drawn: TWO)


def test_a_closure_stands_on_the_board_until_somebody_opens_it():
    story = room()
    made = story.ask("dina", "dispatcher", cmd.CloseStreet(drawn=HERE, why="pohon tumbang", stops="cars"))
    assert made[0] == ev.StreetClosed(
        at=1000.0, closure="J-00001", drawn=HERE, by="dina", why="pohon tumbang", stops="cars", pieces=2,
        streets=("Jl. Merdeka",),
    )  # fmt: skip
    assert story.board.closures["J-00001"].since == 1000.0
    story.ask("sari", "supervisor", cmd.ReopenStreet(closure="J-00001"))
    assert not story.board.closures
    with refuses("no closure J-00001 any more"):
        story.ask("sari", "supervisor", cmd.ReopenStreet(closure="J-00001"))
    assert story.replayed() == story.board


def test_the_clock_opens_a_street_when_its_time_is_over_and_takes_back_the_rain():
    story = room()
    story.ask("dina", "dispatcher", cmd.CloseStreet(drawn=HERE, until=1600.0))
    story.ask("dina", "dispatcher", cmd.SetConditions(rain=True, tide_m=0.4))
    assert story.board.conditions["now"].until == 1000.0 + 3 * 3600
    assert kinds(story.wait(599.0)) == ["WaysReviewed"]
    assert story.wait(1.0) == [ev.StreetReopened(at=1600.0, closure="J-00001")]
    assert kinds(story.wait(3 * 3600)) == ["ConditionsSet"]
    assert not story.board.conditions and set(story.board.deadlines) == {"review:"}
    assert story.replayed() == story.board


def test_what_cannot_be_closed_is_refused_with_what_to_do():
    nothing = Story()
    with refuses("nothing within it; draw over the street"):
        nothing.ask("dina", "dispatcher", cmd.CloseStreet(drawn=HERE))
    with refuses("may not do this; ask one of: Dispatcher, Supervisor"):
        nothing.ask("ana", "call-taker", cmd.CloseStreet(drawn=HERE))
    story = room()
    with refuses("is past"):
        story.ask("dina", "dispatcher", cmd.CloseStreet(drawn=HERE, until=999.0))
    with refuses("Draw it again"):
        line = Drawn(shape="line", points=((0.92, 104.45),))
        story.ask("dina", "dispatcher", cmd.CloseStreet(drawn=line))
    everything = Story(under=lambda drawn: Under(pieces=tuple(range(5001))))
    with refuses("closes 5001 pieces"):
        everything.ask("dina", "dispatcher", cmd.CloseStreet(drawn=HERE))


def test_open_incidents_are_looked_at_again_one_after_the_other():
    story = room()
    for _ in range(3):
        story.ask("ana", "call-taker", cmd.OpenIncident(type="accident", location=PLACE))
    story.ask("dina", "dispatcher", cmd.CloseStreet(drawn=HERE))
    due = sorted(one.due for one in story.board.deadlines.values() if one.kind == "review")
    assert due == [1000.0, 1000.05, 1000.1, 1001.0]
    assert kinds(story.wait(0.06)) == ["WaysReviewed", "WaysReviewed"]
    assert kinds(story.wait(0.25)) == ["WaysReviewed"]
    assert story.wait(1.0) == [ev.WaysReviewed(at=story.now)], "and the coverage of the city"
    assert not [d for d in story.board.deadlines.values() if d.kind == "review"]
    assert story.replayed() == story.board
