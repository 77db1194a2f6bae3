"""The auditor's side: every byte of the journal, its proof, the recordings, the board as it was; every look is kept."""

from __future__ import annotations

import hashlib
import json
import wave

import numpy as np
import pytest

from dispatch import commands as cmd
from dispatch import events as ev
from dispatch.journal.replay import board_at
from routing.location import Location
from tests.console.desk import SCENE


@pytest.fixture(scope="module")
def recorded(desk):
    """A call that ana took, with its recording: one second of silence and one of full loudness."""
    samples = np.concatenate([np.zeros(8000), np.full(8000, 32767)]).astype("<i2")
    file = desk.parts.recordings / "new.wav"
    with wave.open(str(file), "wb") as wav:
        wav.setnchannels(1), wav.setsampwidth(2), wav.setframerate(8000)
        wav.writeframes(samples.tobytes())
    digest = hashlib.sha256(file.read_bytes()).hexdigest()
    file.rename(file.with_name(f"{digest}.wav"))
    desk.incoming("taken", "+62811777")
    desk.asks("ana", cmd.SignOn(position="P1"))
    desk.reported(ev.PositionLegUp(at=1.0, position="P1", leg="leg-1"))
    desk.note(ev.CallAccepted(at=desk.room.now(), call="taken", position="P1", by="ana"))
    desk.reported(ev.CallBridged(at=desk.room.now(), call="taken", position="P1"))
    desk.asks("ana", cmd.OpenIncident(type="medical", call="taken", location=Location(**SCENE)))
    desk.reported(ev.CallEnded(at=desk.room.now(), call="taken"))
    size = (desk.parts.recordings / f"{digest}.wav").stat().st_size
    sealed = {"digest": digest, "started": 1000.0, "seconds": 2.0, "size": size}
    desk.reported(ev.RecordingSealed(at=desk.room.now(), call="taken", leg="caller", **sealed))
    return digest


def test_the_journal_is_given_to_the_byte(desk, recorded):
    top = desk.room.board.seq
    got = desk.get(f"/api/v1/journal?after=0&limit={top}", "audi")
    assert got.body == b"".join(entry.line() + b"\n" for entry in desk.journal.read(0, top))
    three = desk.get("/api/v1/journal?after=5&limit=3", "ade").body.splitlines()
    assert [json.loads(line)["seq"] for line in three] == [6, 7, 8]
    assert len([one for one in desk.events(ev.JournalRead) if one.by == "audi"]) == 1
    assert desk.get("/api/v1/journal", "dina").status == 403
    assert desk.get("/api/v1/journal?after=x", "audi").status == 400


def test_the_journal_is_proved_and_a_changed_recording_is_found(desk, recorded):
    good = desk.get("/api/v1/verify", "audi").json
    assert good["intact"] is True and good["recordings"] == 1 and good["head"]
    file = desk.parts.recordings / f"{recorded}.wav"
    kept = file.read_bytes()
    file.chmod(0o600)
    file.write_bytes(kept[:-1] + b"\x00")
    bad = desk.get("/api/v1/verify", "sari").json
    file.write_bytes(kept)
    assert bad["intact"] is False and bad["kinds"] == {"recording": 1}
    assert [(one["kind"], one["code"], one["what"]) for one in bad["faults"]] == [("recording", "changed", recorded)]
    assert [(one.by, one.intact) for one in desk.events(ev.JournalVerified)] == [("audi", True), ("sari", False)]


def test_a_recording_is_played_in_ranges_and_the_playing_is_kept_once(desk, recorded):
    path = f"/api/v1/recordings/{recorded}"
    whole = desk.get(path, "audi")
    assert whole.status == 200 and hashlib.sha256(whole.body).hexdigest() == recorded
    assert whole.headers["content-type"] == "audio/wav" and whole.headers["accept-ranges"] == "bytes"
    part = desk.get(path, "audi", Range="bytes=100-199")
    assert part.status == 206 and part.body == whole.body[100:200]
    assert part.headers["content-range"] == f"bytes 100-199/{len(whole.body)}"
    assert desk.get(path, "audi", Range="bytes=99999999-").status == 416
    played = [one for one in desk.events(ev.RecordingPlayed) if one.by == "audi"]
    assert [(one.digest, one.call) for one in played] == [(recorded, "taken")]


def test_a_recording_is_for_auditors_and_for_the_one_who_took_the_call(desk, recorded):
    path = f"/api/v1/recordings/{recorded}"
    assert desk.get(path, "ana").status == 200
    assert desk.get(path, "dina").status == 403
    assert desk.get(path + "/peaks", "dina").status == 403
    assert desk.get(path, "rudi").status == 403
    for name in ("0" * 64, "..%2f..%2fjournal.db", "%2e%2e", "x" * 64):
        assert desk.get(f"/api/v1/recordings/{name}", "audi").status in (400, 404), name


def test_peaks_show_where_it_is_loud(desk, recorded):
    told = desk.get(f"/api/v1/recordings/{recorded}/peaks", "audi").json
    assert len(told["peaks"]) == 400 and told["seconds"] == 2.0 and told["started"] == 1000.0
    assert max(told["peaks"][:200]) == 0.0 and min(told["peaks"][200:]) > 0.99


def test_calls_are_listed_newest_first(desk, recorded):
    desk.incoming("newer")
    rows = desk.get("/api/v1/calls?limit=2", "audi").json
    assert [row["call"] for row in rows] == ["newer", "taken"]
    taken = rows[1]
    assert taken["caller"] == "+62811777" and taken["recordings"] == 1 and taken["incident"]
    assert taken["answered"] and taken["ended"]
    older = desk.get(f"/api/v1/calls?before={rows[0]['seq']}&limit=1", "audi").json
    assert [row["call"] for row in older] == ["taken"]


def test_the_board_as_it_was(desk, recorded):
    top = desk.room.board.seq
    for at in (top, top // 2, 1, top):
        told = desk.get(f"/api/v1/replay?call=taken&at={at}", "audi").json
        was = board_at(desk.journal, at)
        assert told["seq"] == at and set(told["board"]["calls"]) == set(was.calls)
        assert set(told["board"]["units"]) == set(was.units)
        assert {name: one["state"] for name, one in told["board"]["calls"].items()} == {
            name: one.state for name, one in was.calls.items()
        }
    assert [(one.call, one.by) for one in desk.events(ev.CallReplayed)] == [("taken", "audi")]
    assert desk.get("/api/v1/replay?call=taken&at=1", "dina").status == 403


def test_numbers_of_another_journal_show_nothing_of_this_one(desk, recorded):
    story = desk.get("/api/v1/calls/taken", "audi").json
    seq, lost = story["steps"][-1]["seq"], "0" * 16
    ours = story["mark"].rpartition(":")[0]
    assert desk.get(f"/api/v1/replay?call=taken&at={ours}:{seq}", "audi").json["seq"] == seq
    assert desk.get(f"/api/v1/replay?call=taken&at={lost}:{seq}", "audi").status == 409
    marks = [f"{name}:{seq - 1}" for name in (lost, ours)]
    lines = [desk.get(f"/api/v1/journal?after={mark}&limit=1", "audi").body for mark in marks]
    first, after = (json.loads(line)["seq"] for line in lines)
    assert (first, after) == (1, seq), "who has entries of another journal reads this one from its beginning"


def test_what_a_call_left_is_erased_and_its_incident_stays(desk):
    letter = {"rule": "UU 27/2022 pasal 43", "letter": "181/12/2026"}
    desk.incoming("gone", "+628117779999")
    place = Location(**SCENE)
    desk.asks("ana", cmd.OpenIncident(type="medical", call="gone", location=place, address="Jl. Melati 7"))
    desk.reported(ev.TextReceived(at=desk.room.now(), call="gone", text="cepat datang", via="rtt"))
    incident = desk.room.board.calls["gone"].incident
    stream = desk.stream("dina", desk.room.board.seq)
    desk.reported(ev.CallEnded(at=desk.room.now(), call="gone"))
    owed = desk.post("/api/v1/erasures", "ade", {"call": "gone", **letter})
    assert owed.status == 409 and owed.json["error"]["code"] == "problem.erase-owed"
    desk.asks("ana", cmd.ClearCallback(call="gone"))
    assert desk.post("/api/v1/erasures", "ade", {"call": "gone", "incident": incident, **letter}).status == 400
    assert desk.post("/api/v1/erasures", "ade", {"incident": incident, **letter}).status == 409
    before = desk.room.board.seq
    assert "+628117779999" in desk.get(f"/api/v1/replay?call=gone&at={before}", "audi").body.decode()
    begun = {"about": {"kind": "answer", "call": "gone"}, "key": "key-of-gone", "words": {"note": "ke +628117779999"}}
    assert desk.post("/api/v1/drafts", "ana", {**begun, "base": 0}).json["taken"]
    assert desk.post("/api/v1/erasures", "ade", {"call": "gone", **letter}).status == 200
    assert "+628117779999" not in desk.get(f"/api/v1/replay?call=gone&at={before}", "audi").body.decode()
    assert "answer.gone" not in desk.get("/api/v1/drafts", "ana").json
    assert desk.post("/api/v1/erasures", "ade", {"call": "switch", **letter}).status == 404, "that is no call"
    while (told := stream.next("entry")[1])["event"]["event"] != "Erased":
        pass
    assert told["put"]["calls"]["gone"]["caller"] == "" and told["put"]["calls"]["gone"]["erased"]
    said = desk.get("/api/v1/calls/gone", "audi").body.decode()
    assert "+628117779999" not in said and "cepat datang" not in said and "Jl. Melati 7" in said
    whole = desk.get("/api/v1/journal?limit=10000", "audi").body.decode()
    assert desk.get("/api/v1/verify", "audi").json["intact"] and "+628117779999" not in whole
    assert not [row for row in desk.get("/api/v1/calls?q=08117779999", "audi").json]
    late = desk.stream("dina", desk.room.board.seq - 3)
    assert late.next("entry", "board")[0] == "board", "what a page missed of before is not told any more"
    stream.close(), late.close()


def test_files_are_erased_with_rule_and_letter_and_the_proof_says_so(desk, recorded):
    letter = {"rule": "UU 27/2022 pasal 43", "letter": "180/12/2026"}
    assert desk.post("/api/v1/erasures", "audi", {"call": "taken", **letter}).status == 403
    assert desk.post("/api/v1/erasures", "ade", {"call": "nobody", **letter}).status == 404
    assert desk.post("/api/v1/erasures", "ade", {"call": "taken", "rule": "", "letter": ""}).status == 400
    desk.incoming("going on")
    assert desk.post("/api/v1/erasures", "ade", {"call": "going on", **letter}).status == 409
    done = desk.post("/api/v1/erasures", "ade", {"call": "taken", **letter})
    assert done.status == 200 and done.json["erased"] == 1
    assert not (desk.parts.recordings / f"{recorded}.wav").exists()
    told = desk.events(ev.Erased)[-1]
    assert (told.by, told.call, told.digests, told.letter) == ("ade", "taken", (recorded,), "180/12/2026")
    proof = desk.get("/api/v1/verify", "audi").json
    assert proof["intact"] and proof["erased"] == 1 and not proof["kinds"]
    assert desk.get(f"/api/v1/recordings/{recorded}", "audi").status == 404
