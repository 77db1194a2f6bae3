"""A certificate folder makes it HTTPS; without one, only loopback is served."""

from __future__ import annotations

import datetime
import json
import ssl
import subprocess
import urllib.request

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

from tests.scenarios.instance import BIN, Instance
from tests.servers import end, wait_until


def certify(folder) -> None:
    """A key and its own certificate for 127.0.0.1, as fullchain.pem and privkey.pem."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "siaga.test")])
    now = datetime.datetime.now(datetime.UTC)
    made = x509.CertificateBuilder().subject_name(name).issuer_name(name).public_key(key.public_key())
    made = made.serial_number(1).not_valid_before(now).not_valid_after(now + datetime.timedelta(days=1))
    made = made.sign(key, hashes.SHA256())
    folder.mkdir()
    (folder / "fullchain.pem").write_bytes(made.public_bytes(serialization.Encoding.PEM))
    plain = serialization.NoEncryption()
    raw = key.private_bytes(serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, plain)
    (folder / "privkey.pem").write_bytes(raw)


def test_the_console_speaks_https_with_the_certificate_of_the_folder(tmp_path):
    certify(tmp_path / "tls")
    town = Instance(tmp_path, TLS_FOLDER=tmp_path / "tls", DEMO="false")
    out = (tmp_path / "run.log").open("wb")
    town.process = subprocess.Popen([BIN / "siaga", "run"], env=town.env, stdout=out, stderr=out)
    trust = ssl.create_default_context(cafile=tmp_path / "tls" / "fullchain.pem")
    trust.check_hostname = False
    url = town.url.replace("http:", "https:")

    def healthy():
        with urllib.request.urlopen(url + "/healthz", timeout=2, context=trust) as answer:
            return json.load(answer)["switch"]

    try:
        wait_until(healthy, 30, "HTTPS to answer")
        wait_until(lambda: url in (tmp_path / "run.log").read_text(), 10, "the address to be printed")
    finally:
        end(town.process)


def test_a_folder_without_a_certificate_is_named(tmp_path):
    town = Instance(tmp_path, HTTP="0.0.0.0:8112")
    said = town.siaga("run")
    assert said.returncode == 1 and "tls_folder" in said.stderr
