#!/usr/bin/env bash
# Installs what is missing, and nothing else, from Debian's packages; says what before it does.
#   eng/setup.sh build    what the agent needs to run: SQLite, Eclipse Mosquitto's client library and libmodbus
#   eng/setup.sh npm      what a feed without ONNX Runtime needs to get it (called by eng/feed.sh)
#   eng/setup.sh test     build, and what the tests and the demo need: a Mosquitto broker, its clients, openssl, strace, libfaketime,
#                         pymodbus as a Modbus server
# Exit code 1: something is missing and could not be installed; one line then says which command would do it.
set -euo pipefail
cd "$(dirname "$0")"
. ./environment.sh

part="${1:-build}"
libraries=$(ldconfig -p 2>/dev/null || true)
missing=()
library() { case "$libraries" in *"$1"*) ;; *) missing+=("$2") ;; esac; }      # library FILE PACKAGE
program() { command -v "$1" >/dev/null 2>&1 || missing+=("$2"); }              # program NAME PACKAGE

case "$part" in
  npm) program npm npm ;;
  build | test)
    library libsqlite3.so.0 libsqlite3-0
    library libmosquitto.so.1 libmosquitto1
    library libmodbus.so.5 libmodbus5
    if [ "$part" = test ]; then
      program mosquitto mosquitto
      program mosquitto_sub mosquitto-clients
      program openssl openssl
      program strace strace
      /usr/bin/python3 -c 'import pymodbus' 2>/dev/null || missing+=(python3-pymodbus)
      /usr/bin/python3 -c 'import serial_asyncio' 2>/dev/null || missing+=(python3-serial-asyncio)
      ls /usr/lib/*-linux-gnu/faketime/libfaketimeMT.so.1 >/dev/null 2>&1 || missing+=(libfaketime)
    fi
    ;;
  *) echo "eng/setup.sh: '$part' is no part; allowed: build, npm, test" >&2; exit 2 ;;
esac
[ ${#missing[@]} -gt 0 ] || exit 0

command="apt-get install --no-install-recommends ${missing[*]}"
if ! command -v apt-get >/dev/null 2>&1; then
  echo "eng/setup.sh: missing ${missing[*]}, and there is no apt-get here; install what these Debian packages hold" >&2
  exit 1
fi
as_root=()
if [ "$(id -u)" != 0 ]; then
  if command -v sudo >/dev/null 2>&1 && { sudo -n true 2>/dev/null || [ -t 0 ]; }; then
    as_root=(sudo)
  else
    echo "eng/setup.sh: missing ${missing[*]}; as root, run: $command" >&2
    exit 1
  fi
fi

echo "This installs with apt-get, because they are missing here: ${missing[*]}"
log=$(mktemp)
policy=/usr/sbin/policy-rc.d
own_policy=false
tidy() {
  rm -f "$log"
  if $own_policy; then "${as_root[@]}" rm -f "$policy"; fi
}
trap tidy EXIT

# Debian starts a service as soon as it is installed. The tests start their own brokers on free loopback ports, so
# the packaged one must not run: refused during the install, and switched off for the next boot.
case " ${missing[*]} " in *" mosquitto "*)
  if [ ! -e "$policy" ]; then
    own_policy=true
    printf '#!/bin/sh\nexit 101\n' | "${as_root[@]}" tee "$policy" >/dev/null
    "${as_root[@]}" chmod 755 "$policy"
  fi
  ;;
esac

install() {
  "${as_root[@]}" env DEBIAN_FRONTEND=noninteractive apt-get install -y --no-install-recommends "${missing[@]}"
}
if ! { { "${as_root[@]}" apt-get update || true; install; } >"$log" 2>&1 </dev/null; }; then
  tail -n 20 "$log" >&2
  echo "eng/setup.sh: apt-get could not install ${missing[*]}; when it works again, run: $command" >&2
  exit 1
fi
if $own_policy && [ -d /run/systemd/system ]; then
  "${as_root[@]}" systemctl disable mosquitto >/dev/null 2>&1 || true
fi
echo "Installed: ${missing[*]}"
