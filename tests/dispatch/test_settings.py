"""The settings file and the code say the same, and a wrong setting is answered with what to do."""

import tomllib

import msgspec
import pytest

from dispatch.settings import ROOT, Settings, SettingsError, load_settings, read_settings
from dispatch.settings.tables import Table
from tests.texts import english


def test_the_file_lists_every_setting_with_its_default():
    listed = tomllib.loads((ROOT / "siaga.toml").read_text())
    assert list(listed) == [field.name for field in msgspec.structs.fields(Settings)]
    assert {table: list(keys) for table, keys in listed.items() if isinstance(keys, dict)} == {
        field.name: [key.name for key in msgspec.structs.fields(field.default)]
        for field in msgspec.structs.fields(Settings)
        if isinstance(field.default, Table)
    }
    assert msgspec.convert(listed, Settings) == Settings()


def test_a_key_stands_in_one_table_only():
    tables = [field.default for field in msgspec.structs.fields(Settings) if isinstance(field.default, Table)]
    keys = [key.name for table in (Settings(), *tables) for key in msgspec.structs.fields(table)]
    assert len(keys) == len(set(keys)), "SIAGA_<KEY> names one setting"


def test_every_line_of_the_file_is_explained():
    for line in (ROOT / "siaga.toml").read_text().splitlines():
        assert not line.strip() or "#" in line


def test_the_environment_overrides_the_file():
    env = {
        "SIAGA_HTTP": "127.0.0.1:9000",
        "SIAGA_DEMO": "false",
        "SIAGA_ANNOUNCE_AFTER": "0",
        "SIAGA_CAMERA_ALLOW": "10.1.0.0/16",
        "SIAGA_ANSWER_WITHIN": "5, 15",
    }
    settings = load_settings(environ=env)
    assert settings.web.address == ("127.0.0.1", 9000)
    assert (settings.demo, settings.switch.announce_after) == (False, 0.0)
    assert settings.cameras.camera_allow == ("10.1.0.0/16",)
    assert settings.policy.answer_within == (5, 15)


@pytest.mark.parametrize(
    ("env", "said"),
    [
        ({"SIAGA_HTTP": "8112"}, "write it like 127.0.0.1:5060"),
        ({"SIAGA_HTTP": "0.0.0.0:8112"}, "set tls_folder"),
        ({"SIAGA_SIP_TRUNKS": "10.0.0.1/8"}, "setting 'sip_trunks'"),
        ({"SIAGA_SIP_TRUNKS": "10.0.0.0/28+10.9"}, "setting 'sip_trunks'"),
        ({"SIAGA_ANNOUNCE_AFTER": "-1"}, "not negative"),
        ({"SIAGA_MAX_CALLS": "many"}, "setting 'max_calls'"),
        ({"SIAGA_RTP_PORTS": "20000"}, "write it like 20000-28000"),
        ({"SIAGA_GHOST_PATIENCE": "3600"}, "nobody may lose their place to time"),
        ({"SIAGA_ANSWER_WITHIN": "20,10"}, "like \\[10, 15, 20\\]"),
        ({"SIAGA_MAX_CALLS": "5000"}, "has room for 2000 calls"),
    ],
)
def test_a_wrong_setting_is_named_and_the_switch_goes_on_with_the_default(env, said):
    with pytest.raises(SettingsError, match=said):
        load_settings(environ=env)
    settings, complaints = read_settings(environ=env)
    assert len(complaints) == 1
    if "tls_folder" not in said and "room for" not in said:
        assert settings == Settings()


def test_a_misspelt_key_and_a_broken_file_are_told(tmp_path):
    file = tmp_path / "siaga.toml"
    file.write_text('[web]\nhtpp = "127.0.0.1:1"\n')
    with pytest.raises(SettingsError, match="did you mean 'http'"):
        load_settings(file, {})
    file.write_bytes(b'http = "\xff\n')
    with pytest.raises(SettingsError, match="correct that line"):
        load_settings(file, {})


@pytest.mark.parametrize(
    ("written", "said"),
    [
        ('sip = "127.0.0.9:5070"\n', "below [switch]"),
        ('[web]\nsip = "127.0.0.9:5070"\n', "below [switch]"),
        ('[swich]\nsip = "127.0.0.9:5070"\n', "below [switch]"),
        ('[switch]\nsip = "127.0.0.9:5070"\ndemo = true\n', "to the top"),
        ('web = 1\n[switch]\nsip = "127.0.0.9:5070"\n', "write [web] on a line of its own"),
        ('[switch]\nsip = "127.0.0.9:5070"\n[radio]\n', "'radio' is not known"),
        ('[switch]\nsip = "127.0.0.9:5070"\n[demo]\n', "setting 'demo'"),
    ],
)
def test_a_key_in_the_wrong_place_counts_and_it_is_said_where_it_belongs(tmp_path, written, said):
    file = tmp_path / "siaga.toml"
    file.write_text(written)
    settings, complaints = read_settings(file, {})
    assert settings.switch.sip == "127.0.0.9:5070"
    assert len([one for one in complaints if said in english(one)]) == 1


@pytest.mark.fault(11, 17)
@pytest.mark.parametrize("rest", [b'nameserver = "10.0.', b'canary = "\xff"\n', b"\0\0\0\0", b"[[[\n"])
def test_of_a_damaged_file_the_switch_takes_what_can_be_read(tmp_path, record_property, rest):
    file = tmp_path / "siaga.toml"
    file.write_bytes(b'[switch]\nsip = "127.0.0.9:5070"   # where the trunk calls\nmax_calls = 70\n' + rest)
    settings, complaints = read_settings(file, {})
    record_property("figure", f"it listens on {settings.switch.sip}")
    assert (settings.switch.sip, settings.switch.max_calls) == ("127.0.0.9:5070", 70)
    assert len(complaints) == 1 and "correct that line" in english(complaints[0])


def test_of_too_many_networks_the_first_are_used_and_it_is_said():
    many = [f"10.{n // 256}.{n % 256}.0/24+10.{n // 256}.{n % 256}.0/25" for n in range(200)]
    settings, complaints = read_settings(
        environ={"SIAGA_SIP_TRUNKS": ",".join([*many[:127], "10.9.0.0/16", *many[127:]])}
    )
    assert settings.switch.sip_trunks == (*many[:127], "10.9.0.0/16", many[127].split("+")[0])
    assert sum("only the first 256 networks are used" in english(one) for one in complaints) == 1
    assert read_settings(environ={"SIAGA_SIP_TRUNKS": ",".join(many[:128])})[1] == []


def test_a_key_in_the_wrong_place_keeps_nobody_from_starting(tmp_path):
    file = tmp_path / "siaga.toml"
    file.write_text('http = "127.0.0.1:9000"\n[web]\ndemo = false\n')
    settings = load_settings(file, {})
    assert settings.web.address == ("127.0.0.1", 9000) and not settings.demo
