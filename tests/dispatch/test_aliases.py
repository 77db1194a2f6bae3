"""Names of places that the room adds, and those that it learns from where a caller's words were put on the map."""

from dispatch import commands as cmd
from dispatch import events as ev
from dispatch.folds.aliases import KEEP_LEARNT
from routing.location import Location
from tests.dispatch.story import Story, kinds
from tests.texts import refuses

SHOP = Location(lat=0.9251, lon=104.4502, radius=25.0, source="operator", method="map")


def aliases(room: Story) -> dict:
    return room.board.tables["aliases"]


def test_a_name_that_is_added_is_known_in_any_spelling_until_it_is_removed():
    room = Story()
    room.ask("ana", "call-taker", cmd.AddAlias(alias="Wr. Mak Ijah Km 3", location=SHOP, name="Gg. Kamboja"))
    room.incoming("c1")
    room.ask("ana", "call-taker", cmd.ObserveLocation(call="c1", text="wr mak ijah batu tiga"))
    assert (room.board.calls["c1"].locations[0].lat, room.board.calls["c1"].locations[0].lon) == (SHOP.lat, SHOP.lon)
    room.ask("ana", "call-taker", cmd.RemoveAlias(alias="WR MAK IJAH BATU 3"))
    assert not aliases(room)
    with refuses("not among the added ones"):
        room.ask("ana", "call-taker", cmd.RemoveAlias(alias="wr mak ijah km 3"))
    with refuses("no letters"):
        room.ask("ana", "call-taker", cmd.AddAlias(alias="...", location=SHOP))
    assert room.replayed() == room.board


def test_what_a_caller_called_a_place_that_was_found_on_the_map_is_learnt_but_not_believed():
    room = Story()
    room.incoming("c1")
    opened = cmd.OpenIncident(type="fire", call="c1", location=SHOP, address="Gg. Kamboja", said="warung mak ijah")
    assert "PlaceAliasAdded" in kinds(room.ask("ana", "call-taker", opened))
    (one,) = aliases(room).values()
    assert one.learnt and (one.alias, one.name, one.lat) == ("warung mak ijah", "Gg. Kamboja", SHOP.lat)
    with refuses("not found"):
        room.ask("ana", "call-taker", cmd.ObserveLocation(call="c1", text="warung mak ijah"))
    room.ask("ana", "call-taker", cmd.AddAlias(alias="Warung Mak Ijah", location=SHOP))
    (one,) = aliases(room).values()
    assert not one.learnt, "a person has confirmed it"


def test_what_is_known_already_or_was_not_put_on_the_map_teaches_nothing():
    room = Story(geocode=lambda text: SHOP if "pasar" in text else None)
    for said, place in (("pasar baru", SHOP), ("", SHOP), ("toko", None), ("toko", Location(lat=0.9, lon=104.4))):
        made = room.ask("ana", "call-taker", cmd.OpenIncident(type="fire", location=place, said=said))
        assert "PlaceAliasAdded" not in kinds(made)
    elsewhere = Location(lat=0.95, lon=104.5, method="map")
    moved = cmd.UpdateIncident(incident="K-00001", location=elsewhere, said="pasar baru")
    assert "PlaceAliasAdded" in kinds(room.ask("ana", "call-taker", moved)), "it is not where we thought"


def test_learnt_names_never_fill_the_board():
    room = Story()
    where = {"name": "", "lat": 0.9, "lon": 104.4, "by": "ana"}
    room._take([ev.PlaceAliasAdded(at=1.0, alias="kept", **where)])
    room._take(ev.PlaceAliasAdded(at=1.0, alias=f"shop {n}", learnt=True, **where) for n in range(KEEP_LEARNT + 20))
    assert len(aliases(room)) == KEEP_LEARNT + 1 and "kept" in aliases(room) and "shop 19" not in aliases(room)
