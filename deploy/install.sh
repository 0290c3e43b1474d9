#!/usr/bin/env bash
# Installs the agent as a systemd service; run it again to update. It never overwrites a device's config or data.
#
#   deploy/install.sh [--from DIR] [--config FILE] [--shared-runtime] [--no-usb] [--no-start] [--root DIR]
#
#   --from DIR        an already published folder; without it the agent is published from this tree (.NET 10 SDK needed)
#   --config FILE     the first config; default: device-configs/water-pump.json, a simulated pump. Ignored when there is one.
#   --shared-runtime  publish without the .NET runtime, for a device that has it; see deploy/publish.sh
#   --no-usb          take no model packages from USB sticks: without the udev rule and its unit
#   --no-start        install and check, but neither enable nor start
#   --root DIR        install into DIR as if it were /, without users and systemctl: for images and tests
#
# What goes where:
#   /opt/edgeagent                  the program; replaced as a whole by each update
#   /opt/edgeagent/models           the shipped model packages
#   /opt/edgeagent/device-configs   the shipped example configs and fault libraries
#   /etc/edgeagent/device.json      this device's config. Paths in it that pointed into this tree (../models/..., faults/...)
#                                   are written as absolute paths under /opt/edgeagent; others stay, relative to the file
#   /etc/edgeagent/keys             trusted keys of model packages
#   /var/lib/edgeagent              decisions, calibrations and installed model packages
#   /etc/udev/rules.d, /etc/systemd/system    the rule and the units
# Exit code 0: done; 1: failed; 2: bad usage, or the config has errors (then nothing is swapped in or started).
set -euo pipefail

tree=$(cd "$(dirname "$0")/.." && pwd)
say() { echo "install: $*"; }
fail() { echo "install: $2" >&2; exit "$1"; }

from="" config="" root="" start=true shared_runtime="" usb=true
while [ $# -gt 0 ]; do
  case "$1" in
    --from | --config | --root)
      [ -n "${2:-}" ] || fail 2 "$1 needs a value"
      [ -e "$2" ] || [ "$1" = --root ] || fail 2 "$1: $2 does not exist"
      case "$1" in
        --from) from=$(cd "$2" && pwd) ;;
        --config) config=$(readlink -f "$2") ;;
        --root) mkdir -p "$2"; root=$(cd "$2" && pwd); start=false ;;
      esac
      shift ;;
    --shared-runtime) shared_runtime=yes ;;
    --no-usb) usb=false ;;
    --no-start) start=false ;;
    *) fail 2 "'$1' is not an option; allowed: --from DIR, --config FILE, --shared-runtime, --no-usb, --no-start, --root DIR" ;;
  esac
  shift
done
[ "${root:-}" != / ] || root=""
[ -n "$root" ] || [ "$(id -u)" = 0 ] || fail 2 "must run as root (or with --root DIR)"

. "$tree/eng/environment.sh"
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

publish() {
  command -v dotnet >/dev/null 2>&1 || fail 2 "there is no .NET SDK here; publish elsewhere and give the folder with --from"
  say "publishing Release ..."
  "$tree/deploy/publish.sh" "$work/publish" ${shared_runtime:+--shared-runtime} || fail 1 "the publish failed"
  from="$work/publish"
}

dotnet_arch() { case "$(uname -m)" in x86_64) echo x64 ;; aarch64) echo arm64 ;; *) uname -m ;; esac; }

# A library for another processor would fail only when it is first called, perhaps at the first alarm: look now. A build
# that was not made for one processor holds the others' in runtimes/, which is as it should be.
check_architecture() {
  local want file machine own
  own="$from/runtimes/linux-$(dotnet_arch)"
  case "$(uname -m)" in x86_64) want="3e 00" ;; aarch64) want="b7 00" ;; *) fail 1 "no build for $(uname -m); x86_64 and aarch64 are known" ;; esac
  while IFS= read -r -d '' file; do
    [ "$(head -c 4 "$file" | od -An -c | tr -d ' ')" = '177ELF' ] || continue
    machine=$(od -An -tx1 -j18 -N2 "$file" | sed 's/^ //')
    [ "$machine" = "$want" ] || fail 1 "$(basename "$file") is not for $(uname -m) (ELF machine $machine)"
  done < <(find "$from" -path "$from/runtimes/*" -not -path "$own" -not -path "$own/*" -prune -o \
    -type f \( -name '*.so' -o -name '*.so.*' -o -name edgeagent \) -print0)
}

# The service sees neither /home nor /root, and finds a runtime outside .NET's usual folders only when it is told.
runtime_folder=""
check_runtime() {
  [ ! -f "$from/libcoreclr.so" ] || return 0
  [ -z "$root" ] || return 0
  local folder="${DOTNET_ROOT:-}"
  "${folder:-/nonexistent}/dotnet" --list-runtimes 2>/dev/null | grep -q '^Microsoft\.NETCore\.App 10\.' \
    || fail 1 "the .NET 10 runtime is not here; install it into /usr/share/dotnet, or publish with it inside (deploy/publish.sh)"
  case "$folder" in
    /home/* | /root/*) fail 1 "the .NET runtime lies in $folder, which the service may not read; install it into /usr/share/dotnet" ;;
    /usr/share/dotnet | /usr/lib/dotnet) ;;
    *) runtime_folder=$folder ;;
  esac
}

# put FILE TARGET MODE: replaced in one step, so that a power cut leaves the old file or the new one.
put() {
  mkdir -p "$(dirname "$2")"
  install -m "$3" "$1" "$2.new"
  mv -f "$2.new" "$2"
}

[ -n "$from" ] || publish
[ -f "$from/edgeagent.dll" ] || fail 2 "--from: $from holds no edgeagent.dll"
check_architecture
check_runtime
[ -n "$root" ] || "$tree/eng/setup.sh" build || fail 1 "the libraries named above are missing"

opt="$root/opt/edgeagent" etc="$root/etc/edgeagent" units="$root/etc/systemd/system"

# 1. The program, complete beside the running one.
say "installing into $opt"
rm -rf "$opt.new"
mkdir -p "$opt.new"
cp -R "$from/." "$opt.new/"
cp -R "$tree/models" "$tree/device-configs" "$opt.new/"
mkdir -p "$opt.new/licenses/onnxruntime"
cp "$tree/LICENSE" "$tree/THIRD-PARTY-NOTICES.md" "$opt.new/licenses/"
for notices in "$tree"/eng/onnxruntime/node_modules/com.github.asus4.onnxruntime \
  "${NUGET_PACKAGES:-${HOME:-/root}/.nuget/packages}"/microsoft.ml.onnxruntime/*; do
  if [ -f "$notices/ThirdPartyNotices.txt" ]; then
    cp "$notices/LICENSE" "$notices/ThirdPartyNotices.txt" "$opt.new/licenses/onnxruntime/"
    break
  fi
done
if [ ! -f "$opt.new/edgeagent" ]; then
  # Published without an executable of its own (arm64 on a feed without that apphost).
  printf '#!/bin/sh\nexec dotnet "$(dirname "$0")/edgeagent.dll" "$@"\n' >"$opt.new/edgeagent"
fi
chmod -R u=rwX,go=rX "$opt.new"
chmod 755 "$opt.new/edgeagent"
[ -n "$root" ] || chown -R root:root "$opt.new"

# 2. The user, and the config if the device has none.
put "$tree/deploy/systemd/edgeagent.sysusers" "$root/usr/lib/sysusers.d/edgeagent.conf" 644
if [ -z "$root" ] && ! getent passwd edgeagent >/dev/null; then
  say "creating the user edgeagent"
  if command -v systemd-sysusers >/dev/null 2>&1; then systemd-sysusers edgeagent.conf
  else useradd --system --user-group --home-dir /var/lib/edgeagent --no-create-home --shell /usr/sbin/nologin edgeagent; fi
fi
mkdir -p "$etc/keys"
if [ -e "$etc/device.json" ]; then
  say "keeping the config $etc/device.json"
else
  config="${config:-$tree/device-configs/water-pump.json}"
  say "installing the config $etc/device.json from $config"
  sed -E -e 's#"(\.\./)+models/#"/opt/edgeagent/models/#' \
    -e 's#"(\.\./|\./|device-configs/)*faults/#"/opt/edgeagent/device-configs/faults/#' \
    -e 's#"(\.\./|\./|device-configs/)*schema/#"/opt/edgeagent/device-configs/schema/#' "$config" >"$work/device.json"
  put "$work/device.json" "$etc/device.json" 640
  if [ -n "$root" ]; then chmod 644 "$etc/device.json"; else chown root:edgeagent "$etc/device.json"; fi
fi

# 3. The new program checks the config against the new models, before the running agent is touched. The copy that it reads
#    lies beside the config, because other paths in it are relative to there.
checked="$etc/.device.json.check"
trap 'rm -rf "$work" "$checked"' EXIT
(umask 077; sed "s#\"/opt/edgeagent/#\"$opt.new/#" "$etc/device.json" >"$checked")
if ! "$opt.new/edgeagent" check-config "$checked" >"$work/verdict" 2>&1; then
  sed -e "s#$checked#$etc/device.json#g" -e "s#$opt.new/#/opt/edgeagent/#g" "$work/verdict" >&2
  rm -rf "$opt.new"
  fail 2 "the config $etc/device.json has errors; correct it, then run this again. Nothing was changed or started"
fi
say "the config $etc/device.json is good"

# 4. The swap: everything is on disk already, so the agent is away only as long as it takes to stop and to start.
was_active=false
if [ -z "$root" ] && systemctl is-active --quiet edgeagent 2>/dev/null; then
  was_active=true
  say "stopping the running agent"
  systemctl stop edgeagent
fi
rm -rf "$opt.old"
[ ! -e "$opt" ] || mv "$opt" "$opt.old"
mv "$opt.new" "$opt"
rm -rf "$opt.old"

# 5. The unit, and what differs between devices.
put "$tree/deploy/systemd/edgeagent.service" "$units/edgeagent.service" 644
if [ -z "$root" ]; then
  groups=""
  for group in i2c spi gpio iio dialout; do
    if getent group "$group" >/dev/null; then groups="$groups $group"; fi
  done
  version=$(systemctl --version 2>/dev/null | sed -n '1s/^systemd \([0-9]*\).*/\1/p')
  {
    echo "# Written by install.sh for this device; each run of it writes it again. Your own changes: systemctl edit edgeagent"
    echo "[Service]"
    [ -z "$groups" ] || echo "SupplementaryGroups=$groups"
    [ -z "$runtime_folder" ] || echo "Environment=DOTNET_ROOT=$runtime_folder"
    # From version 254 on, systemd can wait longer after each failure: 5 s to 5 min.
    [ "${version:-0}" -lt 254 ] || printf 'RestartSteps=6\nRestartMaxDelaySec=300\n'
  } >"$work/device.conf"
  put "$work/device.conf" "$units/edgeagent.service.d/10-device.conf" 644
fi

# 6. Sticks. A unit without its rule does nothing, so the rule comes last and goes first.
rule="$root/etc/udev/rules.d/99-edgeagent-usb.rules"
if $usb; then
  for unit in edgeagent-usb@.service edgeagent-usb-receipt@.service; do
    put "$tree/deploy/systemd/$unit" "$units/$unit" 644
    if [ -n "$runtime_folder" ]; then
      printf '[Service]\nEnvironment=DOTNET_ROOT=%s\n' "$runtime_folder" >"$work/usb.conf"
      put "$work/usb.conf" "$units/$unit.d/10-device.conf" 644
    fi
  done
  put "$tree/deploy/udev/99-edgeagent-usb.rules" "$rule" 644
else
  rm -rf "$rule" "$units"/edgeagent-usb*@.service*
fi

# 7. IIO buffers, in the same order.
put "$tree/deploy/systemd/edgeagent-iio@.service" "$units/edgeagent-iio@.service" 644
if [ -n "$runtime_folder" ]; then
  printf '[Service]\nEnvironment=DOTNET_ROOT=%s\n' "$runtime_folder" >"$work/iio.conf"
  put "$work/iio.conf" "$units/edgeagent-iio@.service.d/10-device.conf" 644
fi
put "$tree/deploy/udev/99-edgeagent-iio.rules" "$root/etc/udev/rules.d/99-edgeagent-iio.rules" 644
if [ -z "$root" ] && command -v udevadm >/dev/null 2>&1; then udevadm control --reload 2>/dev/null || true; fi

# 8. Start.
if [ -n "$root" ]; then say "done: a tree in $root"; exit 0; fi
if [ ! -d /run/systemd/system ]; then say "done; systemd does not run here, so nothing was started"; exit 0; fi
systemctl daemon-reload
if $start; then
  systemctl enable --quiet edgeagent
  # Returns when the agent has said that it is ready.
  systemctl restart edgeagent || fail 1 "the agent did not start; see: journalctl -u edgeagent -n 50"
  say "done; the agent runs. Follow it with: journalctl -u edgeagent -f"
elif $was_active; then
  systemctl start edgeagent
  say "done; the agent runs again"
else
  say "done; start it with: systemctl enable --now edgeagent"
fi
