#!/usr/bin/env bash
# Takes the agent off the device. Its config and its decisions stay, unless --purge is given.
#   deploy/uninstall.sh [--purge] [--root DIR]
set -euo pipefail

root="" purge=false
while [ $# -gt 0 ]; do
  case "$1" in
    --purge) purge=true ;;
    --root) [ -d "${2:-}" ] || { echo "uninstall: --root needs a folder" >&2; exit 2; }; root=$(cd "$2" && pwd); shift ;;
    *) echo "uninstall: '$1' is not an option; allowed: --purge, --root DIR" >&2; exit 2 ;;
  esac
  shift
done
[ "$root" != / ] || root=""
[ -n "$root" ] || [ "$(id -u)" = 0 ] || { echo "uninstall: must run as root (or with --root DIR)" >&2; exit 2; }

with_systemd=false
if [ -z "$root" ] && [ -d /run/systemd/system ]; then with_systemd=true; fi
if $with_systemd; then systemctl disable --now --quiet edgeagent 2>/dev/null || true; fi
rm -rf "$root"/etc/udev/rules.d/99-edgeagent-{usb,iio}.rules "$root"/etc/systemd/system/edgeagent-{usb*,iio}@.service* \
  "$root/etc/systemd/system/edgeagent.service" "$root/etc/systemd/system/edgeagent.service.d" \
  "$root/opt/edgeagent" "$root/opt/edgeagent.new" "$root/opt/edgeagent.old" "$root/usr/lib/sysusers.d/edgeagent.conf"
if $with_systemd; then systemctl daemon-reload; fi
if [ -z "$root" ] && command -v udevadm >/dev/null 2>&1; then udevadm control --reload 2>/dev/null || true; fi

if $purge; then
  rm -rf "$root/etc/edgeagent" "$root/var/lib/edgeagent" "$root/var/log/edgeagent"
  if [ -z "$root" ] && getent passwd edgeagent >/dev/null; then userdel edgeagent; fi
  echo "uninstall: done, config and decisions removed too"
else
  echo "uninstall: done; /etc/edgeagent and /var/lib/edgeagent are kept (--purge removes them)"
fi
