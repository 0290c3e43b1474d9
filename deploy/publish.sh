#!/usr/bin/env bash
# Publishes the agent from this tree into a new folder (.NET 10 SDK needed), the best way that this machine's package feed allows:
#
#   deploy/publish.sh DIR [--shared-runtime]
#
#   1. with the .NET runtime inside, all of it compiled ahead of time together: starts in two thirds of the time of 2, and no update
#      of the device's packages changes what runs
#   2. for the .NET runtime that the device has, compiled ahead of time; at once with --shared-runtime: 95 MB less
#   3. the same, compiling itself at each start
#
# Exit code 0: done; 1: failed.
set -euo pipefail
tree=$(cd "$(dirname "$0")/.." && pwd)
. "$tree/eng/environment.sh"

folder=${1:?usage: deploy/publish.sh DIR [--shared-runtime]}
architecture() { case "$(uname -m)" in x86_64) echo x64 ;; aarch64) echo arm64 ;; *) uname -m ;; esac; }
log=$(mktemp)
trap 'rm -f "$log"' EXIT
say() { echo "publish: $*"; }
attempt() {
  rm -rf "$folder"
  dotnet publish "$tree/src/EdgeAgent" -c Release --nologo -v quiet -o "$folder" --runtime "linux-$(architecture)" "$@" >"$log" 2>&1 </dev/null
}

"$tree/eng/feed.sh"
if [ "${2:-}" != --shared-runtime ]; then
  if attempt --self-contained true -p:PublishReadyToRun=true -p:PublishReadyToRunComposite=true; then exit 0; fi
  say "not with the .NET runtime inside (does the feed have the runtime and its compiler?); the device must have it"
fi
if attempt --self-contained false -p:PublishReadyToRun=true; then exit 0; fi
say "not compiled ahead of time (does the feed have the compiler?); the agent compiles itself at each start"
if attempt --self-contained false; then exit 0; fi
cat "$log" >&2
exit 1
