#!/usr/bin/env bash
# Builds the pjsua2 wheel once and caches it by (source version, options, python).
#
#   deploy/build-pjsua2.sh PYTHON            prints the wheel's path on the last line
#
# SIAGA_PJPROJECT  a folder, tarball or URL of pjproject >= 2.17; without it the source comes, checked by apt's
#                  signed index, from Debian's source package "asterisk" through a private source list.
# SIAGA_CACHE      where wheels and the build live (default ~/.cache/siaga112)
set -euo pipefail
python=$(realpath -s "${1:?usage: build-pjsua2.sh PYTHON}")
here=$(cd "$(dirname "$0")" && pwd)
cache=${SIAGA_CACHE:-$HOME/.cache/siaga112}
wheels=$cache/wheels
work=$cache/pjproject
log=$cache/pjsua2-build.log
mkdir -p "$wheels" "$work"

exec 9> "$cache/lock"
flock -n 9 || { printf '  pjsua2: another set-up builds it now; waiting for that\n' >&2; flock 9; }

say() { printf '  pjsua2: %s\n' "$*" >&2; }
fail() { say "FAILED: $*"; say "the whole output is in $log; correct the cause and run the same command again"; exit 1; }

options=(--enable-epoll --with-external-srtp --with-external-speex --with-external-gsm --enable-speex-resample
    --disable-ilbc-codec --disable-g7221-codec --disable-libyuv --disable-libwebrtc --disable-video --disable-sound
    --disable-upnp --disable-sdl --disable-ffmpeg --disable-v4l2)
flags='-O2 -fPIC -DNDEBUG'
pyver=$("$python" -c 'import sys,sysconfig; print("cp%d%d-%s" % (*sys.version_info[:2], sysconfig.get_platform()))')
key=$( { printf '%s\n' "${options[@]}" "$flags" "$pyver" "${SIAGA_PJPROJECT:-debian}"; cat "$here"/pjproject/*.*; } | sha256sum | cut -c1-16)
cached() {
    local found
    found=$(ls "$wheels/$key"/*.whl 2>/dev/null | head -1 || true)
    if [ -n "$found" ]; then say "using the cached wheel"; echo "$found"; exit 0; fi
}
cached
exec 9> "$cache/pjsua2.lock"  # two at once would build in each other's folder
flock -n 9 || { say "another build is under way; waiting for it"; flock 9; cached; }

debian_source() {  # a private source list on the mirror this machine already uses; the system's apt is left alone
    local mirror apt suite
    mirror=$(apt-get indextargets --format '$(REPO_URI)' 'Created-By: Packages' 2>/dev/null | grep -v security | head -1)
    [ -n "$mirror" ] || mirror=https://deb.debian.org/debian/
    apt=$work/apt
    for suite in sid forky; do
        rm -rf "$apt"; mkdir -p "$apt/lists/partial" "$apt/cache/archives/partial"
        echo "deb-src [signed-by=/usr/share/keyrings/debian-archive-keyring.gpg] $mirror $suite main" > "$apt/sources.list"
        local o=(-o Dir::Etc::sourcelist="$apt/sources.list" -o Dir::Etc::sourceparts=- -o Dir::State::lists="$apt/lists"
            -o Dir::Cache="$apt/cache" -o APT::Sandbox::User=)
        apt-get "${o[@]}" update >>"$log" 2>&1 || continue
        ( cd "$work" && rm -f asterisk_* && apt-get "${o[@]}" source --download-only asterisk >>"$log" 2>&1 ) || continue
        ls "$work"/asterisk_*.orig-Xpjproject.tar.* 2>/dev/null && return 0
    done
    return 1
}

: > "$log"
rm -rf "$work/src"; mkdir -p "$work/src"
case ${SIAGA_PJPROJECT:-} in
    '') say "1/5 fetching pjproject through apt (about 7 MB)"
        tarball=$(debian_source | tail -1) || fail "no source package with pjproject on this machine's Debian mirror; set SIAGA_PJPROJECT to an upstream release" ;;
    http*://*) say "1/5 downloading $SIAGA_PJPROJECT"
        tarball=$work/upstream.tar.gz
        "$python" -c 'import sys,urllib.request as u; u.urlretrieve(*sys.argv[1:])' "$SIAGA_PJPROJECT" "$tarball" >>"$log" 2>&1 || fail "cannot download it" ;;
    *) say "1/5 taking $SIAGA_PJPROJECT"; tarball=$SIAGA_PJPROJECT ;;
esac
if [ -d "$tarball" ]; then cp -r "$tarball/." "$work/src"; else tar -C "$work/src" --strip-components=1 -xf "$tarball" || fail "cannot unpack $tarball"; fi
cd "$work/src"
version=$(sed -n 's/^export PJ_VERSION_\(MAJOR\|MINOR\).*:= *//p' version.mak | paste -sd.)
case $version in 2.1[7-9]*|2.[2-9]*|[3-9]*) ;; *) fail "pjproject $version is too old, 2.17 or newer is needed" ;; esac

say "2/5 patching and configuring pjproject $version"
"$python" -B "$here/pjproject/patch.py" . >>"$log" 2>&1 || fail "our patch does not fit pjproject $version (deploy/pjproject/patch.py says where)"
cp "$here/pjproject/config_site.h" pjlib/include/pj/config_site.h
CFLAGS=$flags ./configure "${options[@]}" >>"$log" 2>&1 || fail "configure stopped"
[ -e pjmedia/src/pjmedia-audiodev/bdimad_dev.c ] || sed -i 's/ bdimad_dev\.o//' pjmedia/build/Makefile

progress() { # counts compiler lines, so that the wait can be judged
    local n=0 line
    while IFS= read -r line; do
        printf '%s\n' "$line" >>"$log"
        case $line in *gcc*-c*|*g++*-c*) n=$((n+1)); [ $((n % 50)) -ne 0 ] || say "    $n of about $1 files" ;; esac
    done
}
say "3/5 compiling the library (about 2 minutes on 2 cores)"
targets=(pjlib/build pjlib-util/build pjnath/build third_party/build pjmedia/build pjsip/build)
for t in "${targets[@]}"; do make -j2 -C "$t" all 2>&1 | progress 400 || fail "compiling $t stopped"; done
cd pjsip-apps/src/swig/python
say "4/5 making the Python wrapper (about 3 minutes)"
swig -I../../../../pjlib/include -I../../../../pjlib-util/include -I../../../../pjmedia/include -I../../../../pjsip/include \
    -I../../../../pjnath/include -w312 -threads -python -c++ -o pjsua2_wrap.cpp ../pjsua2.i >>"$log" 2>&1 || fail "swig stopped"
"$python" -m pip install -q setuptools wheel >>"$log" 2>&1 || fail "pip cannot install setuptools and wheel"
# Nothing in the library calls our own functions, and the linker leaves out what nobody calls.
LDFLAGS='-Wl,-u,siaga_gate_open -Wl,-u,siaga_calls_open -Wl,-u,siaga_intake_open' CFLAGS="$flags -g0" "$python" setup.py bdist_wheel >>"$log" 2>&1 || fail "the wrapper did not compile"
mkdir -p "$wheels/$key"
cp dist/*.whl "$wheels/$key/"
printf 'pjproject %s\noptions %s\nCFLAGS %s\npython %s\n' "$version" "${options[*]}" "$flags" "$pyver" > "$wheels/$key/BUILT"
say "5/5 kept in $wheels/$key"
ls "$wheels/$key"/*.whl | head -1
