#!/usr/bin/env bash
# Tests the deployment files with what eng/build.sh built, inside a temporary folder; needs no root. Exit code 0: all good.
# What a machine lacks (systemd, mosquitto, shellcheck) is named and left out.
set -euo pipefail
cd "$(dirname "$0")/.."
. eng/environment.sh

built=src/EdgeAgent/bin/Release/net10.0
[ -f "$built/edgeagent.dll" ] || { echo "deploy/test.sh: the agent is not built yet; run eng/build.sh first" >&2; exit 2; }
work=$(mktemp -d)
broker=""
tidy() {
  if [ -n "$broker" ]; then kill "$broker" 2>/dev/null || true; wait "$broker" 2>/dev/null || true; fi
  rm -rf "$work"
}
trap tidy EXIT
failures=0
ok() { echo "ok      $1"; }
bad() { echo "FAILED  $1"; failures=$((failures + 1)); }
expect() { local what="$1"; shift; if "$@" >"$work/log" 2>&1; then ok "$what"; else cat "$work/log"; bad "$what"; fi; }
refuse() { # refuse WHAT EXIT-CODE TEXT COMMAND...
  local what="$1" code="$2" text="$3" got=0; shift 3
  "$@" >"$work/log" 2>&1 || got=$?
  if [ "$got" = "$code" ] && grep -qF "$text" "$work/log"; then ok "$what"; else cat "$work/log"; bad "$what (exit $got, not $code)"; fi
}

# --- Scripts ------------------------------------------------------------------------------------------------------
for script in eng/*.sh eng/edgeagent deploy/*.sh .ci/run; do expect "$script parses" bash -n "$script"; done
if command -v shellcheck >/dev/null 2>&1; then
  expect "shellcheck finds nothing" shellcheck -S warning -s bash -x eng/*.sh eng/edgeagent deploy/*.sh .ci/run
else
  echo "left out: shellcheck is not here"
fi

# --- Licences -----------------------------------------------------------------------------------------------------
named() {
  local file name missing=0
  while IFS= read -r file; do
    name=$(basename "$file")
    case "$name" in edgeagent.dll | EdgeAgent.*.dll) continue ;; *.dll) name=${name%.dll} ;; esac
    grep -qF "$name" THIRD-PARTY-NOTICES.md || { echo "THIRD-PARTY-NOTICES.md does not name $name"; missing=1; }
  done < <(find "$built" -path "$built/linux-*" -prune -o \( -name '*.dll' -o -name '*.so' -o -name '*.so.*' \) -print)
  return $missing
}
expect "THIRD-PARTY-NOTICES.md names every library in the build" named

# --- Installing into a tree ---------------------------------------------------------------------------------------
root="$work/root" opt="$work/root/opt/edgeagent" config="$work/root/etc/edgeagent/device.json"
expect "install into an empty tree" deploy/install.sh --from "$built" --root "$root"
expect "the installed agent starts" "$opt/edgeagent" --version
expect "models, faults and licences are there" test -f "$opt/models/process-anomaly/manifest.json" -a \
  -f "$opt/device-configs/faults/centrifugal-pump.json" -a -f "$opt/licenses/THIRD-PARTY-NOTICES.md"
points_into_opt() { grep -q '"/opt/edgeagent/models/' "$config" && grep -q '"/opt/edgeagent/device-configs/faults/' "$config" && ! grep -q '"\.\./' "$config"; }
expect "the installed config points to what was installed" points_into_opt

units="$root/etc/systemd/system" rule="$root/etc/udev/rules.d/99-edgeagent-usb.rules"
expect "sticks are looked at" test -f "$rule" -a -f "$units/edgeagent-usb@.service" -a -f "$units/edgeagent-usb-receipt@.service"
expect "unless the device is to take none" deploy/install.sh --no-usb --from "$built" --root "$root"
expect "and then nothing of it is left" test -z "$(find "$root/etc" -name '*edgeagent-usb*')"

expect "IIO buffers are set up" test -f "$root/etc/udev/rules.d/99-edgeagent-iio.rules" -a -f "$units/edgeagent-iio@.service"

echo "// this device's own line" >>"$config"
echo stale >"$opt/stale.dll"
before=$(sha256sum "$config")
expect "install again, as an update" deploy/install.sh --from "$built" --root "$root"
expect "the device's config is untouched" test "$(sha256sum "$config")" = "$before"
expect "nothing of the old program is left" test ! -e "$opt/stale.dll" -a ! -e "$opt.old" -a ! -e "$opt.new"

sed -i 's#"site" *: *"[^"]*"#"site": "no such/site"#' "$config"
echo kept >"$opt/kept"
refuse "an update onto a bad config is refused" 2 "has errors" deploy/install.sh --from "$built" --root "$root"
expect "and changes nothing" test -e "$opt/kept" -a ! -e "$opt.old" -a ! -e "$opt.new"
refuse "an unknown option is refused" 2 "is not an option" deploy/install.sh --form x
mkdir "$work/empty"
refuse "a folder without the agent is refused" 2 "holds no edgeagent.dll" deploy/install.sh --from "$work/empty" --root "$root"
# Two bytes of an ELF header say which processor it is for: these say none that exists.
foreign() { mkdir -p "$(dirname "$1")"; cp "$built/libonnxruntime.so" "$1" 2>/dev/null || cp "$(command -v dotnet)" "$1"; printf '\001\002' | dd of="$1" bs=1 seek=18 conv=notrunc 2>/dev/null; }
mkdir "$work/foreign"
touch "$work/foreign/edgeagent.dll"
foreign "$work/foreign/libforeign.so"
refuse "a program for another processor is refused" 1 "libforeign.so is not for $(uname -m)" deploy/install.sh --from "$work/foreign" --root "$root"
cp -R "$built" "$work/many"
foreign "$work/many/runtimes/linux-other/native/libforeign.so"
expect "what it holds for other processors besides is no fault" deploy/install.sh --from "$work/many" --root "$work/root2"
case "$(uname -m)" in x86_64) arch=x64 ;; *) arch=arm64 ;; esac
foreign "$work/many/runtimes/linux-$arch/native/libforeign.so"
refuse "what it holds for this one is looked at" 1 "libforeign.so is not for $(uname -m)" deploy/install.sh --from "$work/many" --root "$work/root2"

# --- The unit -----------------------------------------------------------------------------------------------------
if command -v systemd-analyze >/dev/null 2>&1; then
  # The tree gets this machine's units, for ours name some, and the programs that they call.
  mkdir -p "$root/bin" "$root/usr/bin" "$root/usr/lib/systemd"
  cp -R /usr/lib/systemd/system "$root/usr/lib/systemd/" 2>/dev/null || cp -R /lib/systemd/system "$root/usr/lib/systemd/"
  printf '#!/bin/sh\n' >"$root/bin/kill"
  chmod 755 "$root/bin/kill"
  cp "$root/bin/kill" "$root/bin/sh"
  cp "$root/bin/kill" "$root/usr/bin/setpriv"
  clean() { systemd-analyze verify --man=no --root="$root" "$1" 2>&1 | grep -F edgeagent | tee "$work/verify"; [ ! -s "$work/verify" ]; }
  for unit in edgeagent.service edgeagent-usb@sda1.service edgeagent-usb-receipt@sda1.service edgeagent-iio@iio:device0.service; do
    expect "systemd-analyze verify finds nothing in $unit" clean "$unit"
    # 0 is closed, 10 is open; what a unit leaves open, it says why.
    expect "systemd-analyze security: exposure of $unit below 3.0" systemd-analyze security --offline=yes --threshold=30 --root="$root" "$unit"
  done
else
  echo "left out: systemd-analyze is not here"
fi

# --- The rules ----------------------------------------------------------------------------------------------------
# udev's own check of rules came with systemd 254.
if udevadm verify --help >/dev/null 2>&1; then
  expect "udevadm verify finds nothing in the rules" udevadm verify "$root"/etc/udev/rules.d/*.rules
else
  echo "left out: udevadm verify is not here"
fi

# --- The example broker -------------------------------------------------------------------------------------------
if command -v mosquitto >/dev/null 2>&1 && command -v mosquitto_sub >/dev/null 2>&1; then
  before=$failures
  port=$((20000 + RANDOM % 20000))
  mkdir "$work/broker"
  chmod 755 "$work" "$work/broker"
  sed -e "s#^listener 1883#listener $port#" -e "s#/etc/mosquitto/#$work/broker/#" -e "s#/var/lib/mosquitto/#$work/broker/#" \
    deploy/mosquitto/edgeagent.conf >"$work/broker/broker.conf"
  echo "user $(id -un)" >>"$work/broker/broker.conf"
  cp deploy/mosquitto/edgeagent.acl "$work/broker/"
  chmod 600 "$work/broker/edgeagent.acl"
  mosquitto_passwd -c -b "$work/broker/edgeagent.passwd" control-room room 2>/dev/null
  mosquitto_passwd -b "$work/broker/edgeagent.passwd" pump-7 seven 2>/dev/null
  mosquitto -c "$work/broker/broker.conf" >"$work/broker/log" 2>&1 &
  broker=$!
  for _ in $(seq 100); do ! grep -qs running "$work/broker/log" || break; sleep 0.1; done
  publish() { mosquitto_pub -h 127.0.0.1 -p "$port" -V 5 -q 1 -u "$1" -P "$2" -t "$3" -m "$4"; }
  stdbuf -oL mosquitto_sub -h 127.0.0.1 -p "$port" -V 5 -q 1 -u control-room -P room -t 'edgeagent/v1/#' -F '%t %p' -C 2 -W 20 -d >"$work/broker/heard" 2>&1 &
  listener=$!
  for _ in $(seq 100); do ! grep -qs SUBACK "$work/broker/heard" || break; sleep 0.1; done
  refuse "the broker refuses a wrong password" 135 "uthori" publish pump-7 wrong edgeagent/v1/plant/pump-7/decision x
  expect "a device may publish its decision" publish pump-7 seven edgeagent/v1/plant/pump-7/decision mine
  publish pump-7 seven edgeagent/v1/plant/pump-8/decision forged >/dev/null 2>&1 || true
  expect "a device may publish its status" publish pump-7 seven edgeagent/v1/plant/pump-7/status online
  wait "$listener" || true
  heard() { [ "$(grep '^edgeagent/' "$work/broker/heard" | tr '\n' ';')" = "edgeagent/v1/plant/pump-7/decision mine;edgeagent/v1/plant/pump-7/status online;" ]; }
  expect "the control room hears these two, and nothing in another device's name" heard
  [ $failures -eq $before ] || cat "$work/broker/log" "$work/broker/heard"
else
  echo "left out: mosquitto is not here"
fi

# --- Taking it off ------------------------------------------------------------------------------------------------
expect "uninstall" deploy/uninstall.sh --root "$root"
expect "the config stays" test -f "$config" -a ! -e "$opt"
expect "purge" deploy/uninstall.sh --purge --root "$root"
expect "nothing of the agent is left" test -z "$(find "$root" -path '*edgeagent*')"

[ "$failures" -eq 0 ] || { echo "$failures failed"; exit 1; }
