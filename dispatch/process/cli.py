"""The program `siaga`: run, call, verify, replay, import-osm, user, token, device. It starts the other processes and
imports none of them; what one command needs alone and takes a second to load is imported there."""

from __future__ import annotations

import argparse
import getpass
import sys
import time
from pathlib import Path

import msgspec
import sqlalchemy as sa

from dispatch import events as ev
from dispatch.access.account_records import AccountError, Token, read_skills
from dispatch.access.accounts import Accounts
from dispatch.access.devices import APPS, add_device, how_to_set_up, is_device
from dispatch.commands import ROLES, TRACKER
from dispatch.counterfactual import POLICIES
from dispatch.journal.chain import Entry
from dispatch.journal.master import Masters
from dispatch.journal.recordings import KeptFiles
from dispatch.journal.sql import SqlJournal, open_engine
from dispatch.journal.verification import Verifier, index_of, readable, text_of
from dispatch.process.processes import call, run
from dispatch.settings import Settings, load_settings
from dispatch.terminal import printed, tell
from migrations import migrate
from routing.text import CodedError, Text, said_by, text


def main() -> None:
    """Entry of the console script; errors are sentences on stderr, not tracebacks."""
    arguments = read_arguments(sys.argv[1:])
    try:
        status = arguments.do(load_settings(), arguments)
    except BrokenPipeError:  # `siaga replay … | head`
        sys.stdout = None  # what is still in it can go nowhere
        status = 0
    except (CodedError, OSError) as wrong:
        tell(text("siaga.wrong", what=said_by(wrong)), sys.stderr)
        status = 1
    except KeyboardInterrupt:
        status = 130
    sys.exit(status)


def read_arguments(words: list[str]) -> argparse.Namespace:
    """`do`: the command to run; `rest`: the words of `siaga call`, read by the caller's own program.

    argparse.REMAINDER refuses a rest that begins with an option, hence the unknown words.
    """
    parser = _parser()
    arguments, rest = parser.parse_known_args(words)
    if rest and arguments.do is not call:
        parser.error(f"unrecognized arguments: {' '.join(rest)}")
    arguments.rest = rest
    return arguments


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="siaga", description="Siaga 112: emergency calls, dispatch, provable replay.")
    commands = parser.add_subparsers(required=True, metavar="COMMAND")

    one = commands.add_parser("run", help="start everything; Ctrl-C stops all of it")
    one.set_defaults(do=run)

    one = commands.add_parser("call", add_help=False, help="make a 112 call over SIP (siaga call --help tells more)")
    one.set_defaults(do=call)

    one = commands.add_parser("verify", help="check the journal's chain, its files and index, and the accounts")
    one.add_argument("--head", help="a digest written down earlier: proves that nothing before it was cut off")
    one.set_defaults(do=_verify)

    one = commands.add_parser("reindex", help="make the index of the journal anew, with the room stopped")
    one.set_defaults(do=_reindex)

    one = commands.add_parser("replay", help="tell the story of a call, print the board as it was, or what if")
    one.add_argument("--call", help="id of a call: its story, one entry a line")
    one.add_argument("--at", type=int, help="number of an entry: the board after it, as JSON")
    others = one.add_argument_group("what if others had been sent (docs/counterfactual.md)")
    others.add_argument("--policy", help=f"{', '.join(POLICIES)}, or several with commas: the first is compared with")
    others.add_argument("--from", dest="begin", help="first day, such as 2027-01-31, or day and time")
    others.add_argument("--to", dest="end", help="last day, included; or day and time")
    others.add_argument("--late", type=float, help="seconds from the call; without: `within` of run_cards.toml")
    others.add_argument("--incident", help="only this one: who goes and when they are there, under each policy")
    others.add_argument("--csv", type=Path, help="file to write, one line for each incident")
    one.set_defaults(do=_replay)

    one = commands.add_parser("import-osm", help="make a city's streets, borders and names from OpenStreetMap")
    one.add_argument("extract", type=Path, help="such as region.osm.pbf")
    one.add_argument("--out", type=Path, required=True, help="folder of the city's files; its other files stay")
    one.add_argument("--clip", default="", help="south,west,north,east in degrees, or a GeoJSON file with a polygon")
    one.add_argument("--speeds", default="", help="TOML file with km/h by class of highway: primary = 45")
    one.add_argument("--keep", default="", help="files that stay as they are, such as places.csv,boundaries.geojson")
    one.add_argument("--no-addresses", action="store_true", help="leave house numbers out of places.csv")
    one.set_defaults(do=_import_osm)

    one = commands.add_parser("user", help="add, list or remove people; make a phone password")
    one.add_argument("what", choices=("add", "list", "remove", "phone"))
    one.add_argument("name", nargs="?", default="")
    one.add_argument("--role", choices=ROLES, default="call-taker")
    one.add_argument("--unit", default="", help="the unit of a responder")
    one.add_argument("--skills", help="what queues ask for, such as en,zh,fire; without: as they were")
    one.add_argument("--password-stdin", action="store_true", help="read the password from standard input")
    one.set_defaults(do=_user)

    one = commands.add_parser("token", help="make, list or revoke tokens of programs")
    one.add_argument("what", choices=("create", "list", "revoke"))
    one.add_argument("id", nargs="?", default="", help="of the token to revoke, or its name")
    one.add_argument("--role", choices=ROLES)
    one.add_argument("--name", default="program")
    one.add_argument("--unit", default="")
    one.add_argument("--days", type=float, default=3650)
    one.set_defaults(do=_token)

    one = commands.add_parser("device", help="add, list or remove phones and trackers that tell where a unit is")
    one.add_argument("what", choices=("add", "list", "remove"))
    one.add_argument("id", nargs="?", default="", help="the unit to add one to; the device to remove (id or name)")
    one.add_argument("--name", default="", help="whose or which device, such as 'phone of crew 1'")
    one.add_argument("--app", choices=APPS, default=APPS[0], help="what will run on it")
    one.set_defaults(do=_device)
    return parser


def _engine(settings: Settings) -> sa.Engine:
    engine = open_engine(settings.database_url)
    migrate(engine)
    return engine


def _verify(settings: Settings, arguments: argparse.Namespace) -> int:
    engine = _engine(settings)
    journal = SqlJournal(engine, Masters(settings.data_folder))
    verifier, heads = Verifier(KeptFiles(settings.data_folder)), set()
    for entry in readable(journal):
        verifier.take(entry)
        if isinstance(entry, Entry):
            heads |= {entry.digest.hex()} & {(arguments.head or "").lower()}
            if entry.seq % 10_000 == 0:
                tell(text("siaga.read-so-far", entries=entry.seq), sys.stderr)
    found = verifier.report(Accounts(engine), index_of(journal, verifier.top))
    for fault in found.faults:
        tell(text("siaga.fault", what=text_of(fault)))
    counts = ("entries", "recordings", "photos", "messages", "catalogues", "accounts", "erased", "sealed", "closed")
    counted = Text("siaga.counted", {name: getattr(found, name) for name in counts})
    if arguments.head and not heads:
        tell(text("siaga.head-unknown", head=arguments.head))
        return 2
    if not found.intact:
        kinds = (text("siaga.kind", n=n, kind=text(f"damage.{kind}")) for kind, n in found.kinds.items())
        tell(text("siaga.broken", kinds=tuple(kinds), counted=counted))
        return 2
    tell(text("siaga.intact", counted=counted))
    tell(text("siaga.head", head=found.head))
    return 0


def _reindex(settings: Settings, arguments: argparse.Namespace) -> int:
    SqlJournal(_engine(settings), Masters(settings.data_folder)).reindex()
    tell(text("siaga.reindexed"))
    return 0


def _replay(settings: Settings, arguments: argparse.Namespace) -> int:
    if arguments.policy or arguments.begin or arguments.end or arguments.late or arguments.incident or arguments.csv:
        from dispatch.counterfactual.command import what_if

        return what_if(settings, arguments)
    from dispatch.journal.replay import board_at, story_of

    journal = SqlJournal(_engine(settings), Masters(settings.data_folder))
    if arguments.call:
        story = story_of(journal, arguments.call)
        if not story.steps:
            tell(text("siaga.no-such-call", call=arguments.call), sys.stderr)
            return 1
        for step in story.steps:
            print(f"{step.seq:>8}  {step.at:.3f}  {ev.encode(step.event).decode()}")
        return 0
    last = journal.last()
    seq = arguments.at if arguments.at is not None else last.seq if last else 0
    board = board_at(journal, seq)
    print(msgspec.json.format(msgspec.json.encode({"seq": board.seq, "board": board.snapshot()})).decode())
    return 0


def _import_osm(settings: Settings, arguments: argparse.Namespace) -> int:
    # pyosmium is loaded only here: the room runs without it.
    from routing.osm.folder import import_osm

    keep = tuple(name.strip() for name in arguments.keep.split(",") if name.strip())
    began = time.monotonic()
    import_osm(
        arguments.extract, arguments.out, clip=arguments.clip, speeds=arguments.speeds, keep=keep,
        addresses=not arguments.no_addresses,
        told=lambda said: print(f"{time.monotonic() - began:7.1f} s  {printed(said)}", flush=True),
    )  # fmt: skip
    return 0


def _user(settings: Settings, arguments: argparse.Namespace) -> int:
    people = Accounts(_engine(settings), settings.demo)
    if arguments.what == "list":
        for one in people.people():
            print(f"{one.name:<20} {one.role:<12} {one.unit:<10} {','.join(one.skills)}".rstrip())
        return 0
    if not arguments.name:
        raise AccountError("account.name-the-person", what=arguments.what)
    if arguments.what == "remove":
        if not people.remove(arguments.name):
            raise AccountError("account.none-of-that-name", name=arguments.name)
        tell(text("siaga.user-removed", name=arguments.name))
    elif arguments.what == "phone":
        password = people.new_phone_password(arguments.name)
        host, port = settings.switch.address
        tell(text("siaga.phone-password", name=arguments.name, password=password, place=f"{host}:{port}"))
    else:
        skills = None if arguments.skills is None else read_skills(arguments.skills)
        asked = printed(text("siaga.ask-password")) + " "
        password = sys.stdin.readline().rstrip("\n") if arguments.password_stdin else getpass.getpass(asked)
        people.set_password(arguments.name, password, arguments.role, arguments.unit, skills)
        tell(text("siaga.user-added", name=arguments.name, role=text(f"role.{arguments.role}")))
    return 0


def _token(settings: Settings, arguments: argparse.Namespace) -> int:
    people = Accounts(_engine(settings), settings.demo)
    if arguments.what == "list":
        _list(people.tokens())
    elif arguments.what == "revoke":
        _revoke(people, arguments.id)
    elif not arguments.role:
        raise AccountError("account.token-without-role", roles="|".join(ROLES))
    else:
        print(people.create_token(arguments.name, arguments.role, arguments.unit, arguments.days))
    return 0


def _device(settings: Settings, arguments: argparse.Namespace) -> int:
    people = Accounts(_engine(settings), settings.demo)
    if arguments.what == "list":
        _list([one for one in people.tokens() if is_device(one)])
    elif arguments.what == "remove":
        _revoke(people, arguments.id, TRACKER)
    else:
        from routing.city.load import load_city

        units = [one.id for one in load_city(settings.city_folder, strict=False).units]
        name, secret = add_device(people, units, arguments.id, arguments.name)
        said, drawn = how_to_set_up(arguments.app, settings.web.public_address, arguments.id, name, secret)
        tell(said)
        if drawn:
            tell(text("device.scan"))
            print(drawn)
    return 0


def _list(tokens: list[Token]) -> None:
    for one in tokens:
        made = time.strftime("%Y-%m-%d", time.localtime(one.created)) if one.created else ""
        print(f"{one.id:<11} {one.role:<12} {one.unit:<10} {made:<11} {one.name}{' (demo)' if one.demo else ''}")


def _revoke(people: Accounts, key: str, role: str = "") -> None:
    gone = people.revoke_token(key, role)
    code = "siaga.token-revoked-of-unit" if gone.unit else "siaga.token-revoked"
    tell(text(code, name=gone.name, role=text(f"role.{gone.role}"), unit=gone.unit))


if __name__ == "__main__":
    sys.argv[0] = str(Path(sys.argv[0]).with_name("siaga"))
    main()
