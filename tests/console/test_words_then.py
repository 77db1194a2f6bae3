"""What somebody was told stands in the audit in the words that were in force then: real browser, real room."""

from __future__ import annotations

import hashlib
import shutil

import pytest
from playwright.sync_api import expect

from dispatch import events as ev
from dispatch.catalogue import digest_of, languages, words
from dispatch.journal.recordings import KeptFiles, keep_catalogue
from dispatch.journal.verification import Verifier, readable, text_of
from dispatch.process.words_kept import ALARM, WordsKept
from tests.console.pages import axe, incoming, picture
from tests.texts import english

TODAY = {one: digest_of(one) for one in languages()}


def of_then(data, before: str, after: str) -> str:
    """The digest of Indonesian words in which one thing was called something else."""
    source = words("id").source
    assert before in source
    return keep_catalogue(source.replace(before, after).encode(), data)


def look(site, watch: WordsKept) -> None:
    site.thread.call(watch.begin)
    site.thread.call(watch.look)
    site.thread.until(lambda: not watch._busy)


def in_force(site) -> list[tuple[str, str]]:
    return [(one.language, one.digest) for one in site.events(ev.CatalogueInForce)]


def faults(site) -> list[str]:
    verifier = Verifier(KeptFiles(site.settings.data_folder))
    for entry in readable(site.journal):
        verifier.take(entry)
    return [english(text_of(fault)) for fault in verifier.report().faults if fault.kind == "catalogue"]


def test_the_words_are_kept_and_named_once_and_again_when_they_changed(site):
    look(site, WordsKept(site.room, site.settings.data_folder))
    assert sorted(in_force(site)) == sorted(TODAY.items())
    for language, digest in TODAY.items():
        kept = site.settings.data_folder / "catalogues" / f"{digest}.ftl"
        assert kept.read_text("utf-8") == words(language).source
        assert hashlib.sha256(kept.read_bytes()).hexdigest() == digest
    look(site, WordsKept(site.room, site.settings.data_folder))  # the room was started again
    assert len(in_force(site)) == len(TODAY)
    site.note(
        ev.CatalogueInForce(at=site.room.now(), language="id", digest=of_then(site.settings.data_folder, "a", "b"))
    )
    site.note(ev.CatalogueInForce(at=site.room.now(), language="xx", digest="0" * 64))
    look(site, WordsKept(site.room, site.settings.data_folder))  # of another version, which had a language less
    assert in_force(site)[-2:] == [("id", TODAY["id"]), ("xx", "")] and site.room.board.catalogues == TODAY


def test_a_disk_that_keeps_no_words_is_an_alarm_until_it_does(site):
    folder = site.settings.data_folder / "catalogues"
    shutil.rmtree(folder, ignore_errors=True)
    folder.write_text("a file where the folder should be")
    watch = WordsKept(site.room, site.settings.data_folder)
    look(site, watch)
    look(site, watch)
    assert "catalogues" in english(site.room.board.alarms[ALARM]) and "every few seconds" in english(
        site.room.board.alarms[ALARM]
    )
    assert len([one for one in site.events(ev.AlarmRaised) if one.alarm == ALARM]) == 1
    folder.unlink()
    look(site, watch)
    site.thread.until(lambda: ALARM not in site.room.board.alarms)
    assert not {f"{digest}.ftl" for digest in TODAY.values()} - {file.name for file in folder.iterdir()}


@pytest.mark.parametrize("state", ["there", "changed", "gone"])
def test_the_audit_reads_an_old_call_in_the_words_of_then(site, visit, state):
    data, call = site.settings.data_folder, f"then-{state}"
    old = of_then(data, "\nevent-CallEnded = ", f"\nevent-CallEnded = [{state}] Dahulu kala ")
    site.note(ev.CatalogueInForce(at=site.room.now(), language="id", digest=old))
    incoming(site, call, "+628129990000")
    site.reported(ev.CallEnded(at=site.room.now(), call=call, by="caller"))
    site.note(ev.CatalogueInForce(at=site.room.now(), language="id", digest=TODAY["id"]))
    incoming(site, f"{call}-now", "+628129990001")
    site.reported(ev.CallEnded(at=site.room.now(), call=f"{call}-now", by="caller"))
    file = data / "catalogues" / f"{old}.ftl"
    if state == "gone":
        file.unlink()
    elif state == "changed":
        file.write_text("event-CallEnded = palsu")
    page = visit("periksa")
    page.goto(f"{site.url}/audit#{call}")
    page.reload()
    ended = page.locator(".timeline")
    if state == "there":
        expect(ended).to_contain_text("[there] Dahulu kala")
        expect(page.locator(".story")).to_contain_text(f"Dibaca dengan kata-kata yang berlaku saat itu ({old[:12]})")
        assert axe(page) == []
        picture(page, "audit-in-the-words-of-then")
    else:
        expect(page.locator(".story")).to_contain_text(f"Kata-kata saat itu tidak ada lagi ({old[:12]})")
        expect(ended).not_to_contain_text("palsu")
        assert [one for one in faults(site) if old in one], faults(site)
    page.goto(f"{site.url}/audit#{call}-now")
    page.reload()
    page.wait_for_selector(".timeline .step")
    expect(page.locator(".timeline")).not_to_contain_text("Dahulu kala")
    expect(page.locator(".story")).not_to_contain_text("saat itu")
    assert page.complaints == []
