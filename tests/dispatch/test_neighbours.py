"""Two control rooms share an island: what one tells the other, once each, and how the answer comes back."""

from __future__ import annotations

import msgspec
import pytest
import shapely

from dispatch import commands as cmd
from dispatch import events as ev
from dispatch.exchange.alerts import body_of
from dispatch.exchange.eido_in import read_eido
from dispatch.folds import neighbours as folds
from dispatch.inputs import Delivered, Noted, Refused
from dispatch.policy.incidents.neighbours import MAX_UNANSWERED
from dispatch.policy.incidents.notices import CENTRE
from dispatch.policy.places.best_location import radius95
from routing.city.boundary import Boundary
from routing.city.centres import Borders, Centre
from routing.city.contacts import Contact
from routing.location import Location
from routing.text import text
from telephony.messages.reader import Reader
from tests.dispatch.story import Story, kinds, world_of
from tests.texts import english, indonesian, refuses

CITY, REGENCY = shapely.box(104.4, 0.8, 104.6, 1.0), shapely.box(104.6, 0.8, 104.8, 1.0)
METRE = 1 / 111_195


def at(lon, radius=20.0, lat=0.9):
    return Location(lat=lat, lon=lon, radius=radius, source="operator", method="map", at=1000.0)


DOWNTOWN, NEAR, OVER = at(104.45), at(104.6 - 300 * METRE), at(104.65)


class Centre112(Story):
    """A room with one neighbour; `post` carries what waits to the other one, as the notifier and the API do."""

    def __init__(self, name: str, ours, other: str, theirs, **ways) -> None:
        self.name, self.other = name, other
        url = ways.pop("url", "https://x/api/v1/alerts")
        centre = Centre(id=other, name=other.title(), contact="them", area=theirs, url=url, **ways)
        border = Boundary(name=f"{name} Timur", kind="kecamatan", polygon=ours)
        borders = Borders((centre,), (border,), 500.0)
        contact = Contact(id="them", name=f"Pusat 112 {other}", number="0771112", kind="centre")
        super().__init__(
            called=name.title(), centres={other: centre}, contacts={"them": contact}, beyond=borders.beyond,
            neighbours=lambda place: borders.neighbours(place, radius95(place)),
        )  # fmt: skip
        aid = {"agency": "aid", "kind": "ambulance", "name": "Bantuan", "centre": other, "lat": 0.9, "lon": 104.6}
        self.input(Noted(ev.UnitRegistered(at=0, unit="BTN-1", **aid)))

    def opens(self, place, **more):
        self.ask("ana", "dispatcher", cmd.OpenIncident(type="fire", location=place, address="Jl. Wacopek", **more))
        return list(self.board.incidents)[-1]

    def assigns(self, incident, unit):
        self.ask("ana", "dispatcher", cmd.AssignUnit(incident=incident, unit=unit, reason="uji"))
        return list(self.board.assignments)[-1]

    def waiting(self):
        return [one for one in self.board.notices.values() if one.channel == CENTRE and one.state == "waiting"]

    def bodies(self):
        """What would leave now, by the notice."""
        return {one.id: body_of(self.board, one.about, self.now, self.world) for one in self.waiting()}

    def took(self, path, body):
        raw = msgspec.json.encode(body)
        if not path:
            told = read_eido(raw, Reader().place)
            known = msgspec.structs.asdict(told)
            return self.input(Noted(ev.AlertReceived(at=self.now, alert=f"{self.other}/{told.remote}",
                                                     centre=self.other, **known)))  # fmt: skip
        alert = next(one.id for one in self.board.alerts.values() if one.wire == path.split("/")[1])
        said = msgspec.json.decode(raw)
        units = tuple(ev.AidUnit(**one) for one in said.pop("units"))
        return self.input(Noted(ev.AlertAnswered(at=self.now, alert=alert, units=units, **said)))

    def post(self, other):
        made = []
        for name, (path, body) in self.bodies().items():
            made += other.took(path, body)
            self.input(Delivered(name))
        return made


@pytest.fixture
def rooms():
    return Centre112("kota", CITY, "bintan", REGENCY), Centre112("bintan", REGENCY, "kota", CITY)


def both(rooms, seconds=4.0):
    """Time passes in both, and everything arrives."""
    for room in rooms:
        room.wait(seconds)
    for _ in range(3):
        rooms[0].post(rooms[1])
        rooms[1].post(rooms[0])


def only(room):
    (alert,) = room.board.alerts.values()
    return alert


def test_nobody_is_told_of_what_happens_downtown(rooms):
    rooms[0].opens(DOWNTOWN)
    assert not rooms[0].board.alerts and not rooms[0].board.incidents["K-00001"].doubt


def test_an_incident_across_the_border_is_told_once_and_its_answer_comes_back(rooms):
    city, regency = rooms
    name = city.opens(OVER, note="dua korban")
    alert = only(city)
    assert (alert.why, alert.centre, alert.incident, alert.version) == ("across", "bintan", name, 1)
    assert len(city.waiting()) == 1
    city.post(regency)
    city.now += 1
    there = only(regency)
    assert (there.direction, there.type, there.address) == ("in", "fire", "Jl. Wacopek")
    assert there.location.lon == pytest.approx(OVER.lon) and any("dua korban" in note for note in there.notes)
    alarm = regency.board.alarms[f"alert-{there.id}"]
    assert alarm.level == "critical" and "Kota tells us: fire, Jl. Wacopek (in our area)" in english(alarm)
    assert only(city).received and not city.board.alarms
    opened = regency.opens(there.location, alert=there.id)
    assert only(regency).incident == opened, "and it is not told back"
    assert len(regency.board.alerts) == 1
    regency.assigns(opened, "AMB-01")
    both(rooms)
    answered = only(city)
    assert (answered.answer, [unit.id for unit in answered.units]) == ("send", ["AMB-01"])
    assert not regency.board.alarms and answered.answered_by == "system"
    both(rooms, 300.0)
    assert not city.board.alarms or "answer" not in " ".join(city.board.alarms)
    for room in rooms:
        assert room.replayed() == room.board


@pytest.mark.parametrize(
    ("place", "why"), [(NEAR, "near"), (at(104.6 - 300 * METRE, 400.0), "unsure"), (OVER, "across")]
)
def test_why_it_concerns_them(rooms, place, why):
    rooms[0].opens(place)
    assert only(rooms[0]).why == why


def test_news_is_gathered_and_told_as_the_next_version(rooms):
    city, regency = rooms
    name = city.opens(OVER)
    city.post(regency)
    for note in ("satu", "dua", "tiga"):
        city.ask("ana", "dispatcher", cmd.AddNote(incident=name, text=note))
    city.assigns(name, "FIR-01")
    assert not city.waiting()
    both(rooms)
    assert only(city).version == only(regency).version == 2
    assert only(regency).sent == ("FIR-01",) and "tiga" in only(regency).notes
    assert kinds(city.wait(60)).count("CentreAlerted") == 0, "never twice the same"


def test_what_comes_twice_or_too_late_changes_nothing(rooms):
    city, regency = rooms
    name = city.opens(OVER)
    old = city.bodies()["N-00001"]
    regency.took(*old)
    city.ask("ana", "dispatcher", cmd.AddNote(incident=name, text="baru"))
    city.wait(4)
    new = list(city.bodies().values())[-1]
    assert regency.took(*new)
    assert regency.took(*new) == [] and regency.took(*old) == []
    assert only(regency).version == 2


def test_a_place_that_moves_away_withdraws_it_and_one_that_comes_back_tells_again(rooms):
    city, regency = rooms
    name = city.opens(NEAR)
    both(rooms)
    city.ask("ana", "dispatcher", cmd.UpdateIncident(incident=name, location=DOWNTOWN))
    both(rooms)
    assert only(city).state == only(regency).state == "withdrawn" and not regency.board.alarms
    city.ask("ana", "dispatcher", cmd.UpdateIncident(incident=name, location=OVER))
    both(rooms)
    assert (only(city).state, only(regency).why) == ("open", "across")
    assert f"alert-{only(regency).id}" in regency.board.alarms
    city.ask("ana", "dispatcher", cmd.CloseIncident(incident=name))
    both(rooms)
    assert only(regency).state == "closed" and not regency.board.alarms


def test_a_withdrawn_alert_that_they_never_heard_of_is_not_told(rooms):
    city, regency = rooms
    name = city.opens(NEAR)
    city.ask("ana", "dispatcher", cmd.UpdateIncident(incident=name, location=DOWNTOWN))
    city.post(regency)
    assert not regency.board.alerts and not city.board.alarms


def test_one_that_does_not_arrive_says_whom_to_call_until_it_does(rooms):
    city, regency = rooms
    city.opens(OVER)
    city.input(Delivered("N-00001", text("why.centre-not-reached", centre="bintan", detail="ConnectionRefusedError")))
    alarm = city.board.alarms["alert-A-00001"]
    assert alarm.level == "critical" and "Pusat 112 bintan, 0771112" in english(alarm)
    city.wait(3)
    city.ask("ana", "dispatcher", cmd.AddNote(incident="K-00001", text="asap"))
    city.input(Delivered("N-00001", text("why.centre-not-reached", centre="bintan", detail="ConnectionRefusedError")))
    city.wait(4)
    posts = [one for one in city.board.notices.values() if one.channel == CENTRE]
    assert len(posts) == 1, "the next try tells the news"
    city.wait(2)
    city.post(regency)
    assert not city.board.alarms and only(city).received == city.now
    assert "asap" in only(regency).notes


def test_an_answer_of_ours_that_does_not_arrive_is_said_too(rooms):
    city, regency = rooms
    city.opens(OVER)
    city.post(regency)
    regency.ask("ana", "dispatcher", cmd.AnswerAlert(alert=only(regency).id, answer="take"))
    (notice,) = regency.waiting()
    regency.input(Delivered(notice.id, text("why.centre-not-reached", centre="kota", detail="OSError")))
    assert "Our answer about K-00001 does not reach Kota" in english(regency.board.alarms[f"alert-{only(regency).id}"])
    regency.wait(4)
    regency.post(city)
    assert not regency.board.alarms and only(city).answer == "take"


def test_a_test_call_tells_nobody(rooms):
    city, _ = rooms
    city.incoming("c1", test=True)
    city.opens(OVER, call="c1")
    assert not city.board.alerts


def test_nobody_answers_and_the_desk_notes_what_was_said_by_telephone(rooms):
    city, _ = rooms
    city.opens(OVER)
    city.input(Delivered("N-00001"))
    made = city.wait(125)
    assert "AlertUnanswered" in kinds(made) and "0771112" in indonesian(city.board.alarms["answer-A-00001"])
    city.ask("ana", "dispatcher", cmd.AnswerAlert(alert="A-00001", answer="take", text="pak Budi"))
    assert (only(city).answer, only(city).told, only(city).answered_by) == ("take", True, "ana")
    assert not city.board.alarms


def test_a_place_near_the_border_waits_for_no_answer(rooms):
    rooms[0].opens(NEAR)
    rooms[0].input(Delivered("N-00001"))
    rooms[0].wait(600)
    assert not rooms[0].board.alarms


def test_a_unit_of_theirs_is_asked_for_and_their_word_moves_it_on(rooms):
    city, regency = rooms
    regency.input(Noted(ev.UnitRegistered(at=0, unit="BTN-1", agency="aid", kind="car", name="b", lat=0.9, lon=104.7)))
    name = city.opens(DOWNTOWN)
    job = city.assigns(name, "BTN-1")
    assert (only(city).why, only(city).asks) == ("asked", ("BTN-1",))
    city.post(regency)
    there = only(regency)
    assert "Asked for: BTN-1." in english(regency.board.alarms[f"alert-{there.id}"])
    opened = regency.opens(there.location, alert=there.id)
    theirs = regency.assigns(opened, "BTN-1")
    both(rooms)
    assert city.board.assignments[job].state == "acknowledged"
    regency.ask("ana", "dispatcher", cmd.ReportProgress(assignment=theirs, progress="on_scene"))
    both(rooms)
    assert city.board.assignments[job].state == "on_scene"
    for progress in ("clear",):
        regency.ask("ana", "dispatcher", cmd.ReportProgress(assignment=theirs, progress=progress))
    both(rooms)
    assert city.board.assignments[job].state == "clear" and not city.board.units["BTN-1"].assignment
    for room in rooms:
        assert room.replayed() == room.board


@pytest.mark.parametrize("answer", ["not_ours", "keep"])
def test_a_unit_that_they_do_not_send_is_released_and_the_desk_told(rooms, answer):
    city, regency = rooms
    name = city.opens(DOWNTOWN)
    job = city.assigns(name, "BTN-1")
    city.post(regency)
    regency.ask("ana", "dispatcher", cmd.AnswerAlert(alert=only(regency).id, answer=answer))
    both(rooms)
    assert city.board.assignments[job].state == "released"
    assert "does not send BTN-1" in english(city.board.alarms[f"aid-{job}"])
    assert only(city).state == only(regency).state == "withdrawn"


def test_we_send_says_yes_to_all_that_was_asked_for(rooms):
    city, regency = rooms
    job = city.assigns(city.opens(DOWNTOWN), "BTN-1")
    city.post(regency)
    regency.ask("ana", "dispatcher", cmd.AnswerAlert(alert=only(regency).id, answer="send"))
    both(rooms)
    assert city.board.assignments[job].state == "acknowledged"


def test_a_request_that_is_taken_back_is_told(rooms):
    city, regency = rooms
    job = city.assigns(city.opens(OVER), "BTN-1")
    both(rooms)
    assert only(regency).asks == ("BTN-1",)
    city.ask("ana", "dispatcher", cmd.CancelAssignment(assignment=job))
    both(rooms)
    assert only(regency).asks == () and only(regency).state == "open"


def test_an_incident_that_both_know_already_is_joined(rooms):
    city, regency = rooms
    city.opens(OVER)
    opened = regency.opens(OVER)
    regency.assigns(opened, "AMB-02")
    both(rooms)
    there = next(one for one in regency.board.alerts.values() if one.direction == "in")
    regency.ask("ana", "dispatcher", cmd.LinkAlert(alert=there.id, incident=opened))
    both(rooms)
    assert [unit.id for unit in only(city).units] == ["AMB-02"]
    with pytest.raises(Refused):
        regency.ask("ana", "dispatcher", cmd.LinkAlert(alert=there.id, incident=opened))
    with pytest.raises(Refused):
        regency.ask("ana", "dispatcher", cmd.OpenIncident(type="fire", alert="nothing"))


def test_a_neighbour_that_floods_has_to_call(rooms):
    city, regency = rooms
    city.opens(OVER)
    ((path, body),) = city.bodies().values()
    for number in range(MAX_UNANSWERED):
        regency.took(path, body | {"siaga": body["siaga"] | {"alert": f"A-{number}"}})
    with refuses("call us"):
        regency.took(path, body)
    regency.ask("ana", "dispatcher", cmd.AnswerAlert(alert="kota/A-7", answer="keep"))
    regency.took(path, body)


def test_alerts_that_are_over_leave_the_board_some_day(rooms, monkeypatch):
    city, _ = rooms
    monkeypatch.setattr(folds, "KEEP", 3)
    for _ in range(6):
        city.ask("ana", "dispatcher", cmd.CloseIncident(incident=city.opens(NEAR)))
    kept = [city.opens(NEAR) for _ in range(4)]
    assert [one.incident for one in city.board.alerts.values()] == kept, "those that are open stay, however many"
    assert city.replayed() == city.board


def test_a_neighbour_without_any_of_this_is_called_or_gets_an_sms():
    alone = Centre112("kota", CITY, "bintan", REGENCY, url="")
    alone.opens(OVER)
    assert "no way to send it" in english(alone.board.alarms["alert-A-00001"])
    sms = Centre112("kota", CITY, "bintan", REGENCY, url="", sms="+628110001111")
    name = sms.opens(OVER)
    (notice,) = sms.board.notices.values()
    assert (notice.channel, notice.to) == ("sms", "+628110001111")
    assert indonesian(notice) == "112 Kota K-00001: fire, Jl. Wacopek, 0.90000,104.65000, di wilayah Anda"
    sms.input(Delivered(notice.id))
    sms.ask("ana", "dispatcher", cmd.AddNote(incident=name, text="x"))
    sms.wait(5)
    assert only(sms).texted and len(sms.board.notices) == 1, "news goes to where it can be read"


def test_a_place_beyond_every_border_is_dispatched_flagged_and_confirmed(rooms):
    city, _ = rooms
    name = city.opens(at(104.5, lat=0.7))
    incident = city.board.incidents[name]
    assert incident.candidates and incident.cautions == (incident.doubt,)
    assert english(incident.doubt) == (
        "The place is outside all boundaries, 11.1 km from kota Timur. Make sure; units can go."
    )
    city.ask("ana", "call-taker", cmd.ConfirmPlace(incident=name))
    incident = city.board.incidents[name]
    assert incident.confirmed_by == "ana" and incident.cautions == ()
    with pytest.raises(Refused):
        city.ask("ana", "call-taker", cmd.ConfirmPlace(incident=name))
    city.ask("ana", "call-taker", cmd.UpdateIncident(incident=name, location=OVER))
    incident = city.board.incidents[name]
    assert "di wilayah Bintan" in indonesian(incident.doubt) and not incident.confirmed_by
    city.ask("ana", "call-taker", cmd.UpdateIncident(incident=name, location=DOWNTOWN))
    assert city.board.incidents[name].doubt is None and city.replayed() == city.board


def test_a_fault_of_ours_in_all_this_keeps_no_incident_from_being_opened(rooms):
    city, _ = rooms
    city.faulty = True
    for broken in ("neighbours", "beyond"):
        city.world = world_of(city.world, **{broken: lambda place: 1 / 0})
    name = city.opens(OVER)
    assert city.board.incidents[name].candidates
    city.ask("ana", "dispatcher", cmd.UpdateIncident(incident=name, location=DOWNTOWN))
    city.ask("ana", "dispatcher", cmd.CloseIncident(incident=name))
    assert city.replayed() == city.board
