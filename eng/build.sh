#!/usr/bin/env bash
# Sets up what is missing and builds Release. Quiet when all is well; on failure the errors, each once.
#   eng/build.sh [further arguments for `dotnet build`]
set -euo pipefail
cd "$(dirname "$0")/.."
. eng/environment.sh

if ! command -v dotnet >/dev/null 2>&1; then
  echo "eng/build.sh: dotnet is not in PATH nor in its usual folders; install the .NET 10 SDK, or set DOTNET_ROOT to where it is" >&2
  exit 1
fi
if ! version=$(dotnet --version 2>&1); then
  echo "eng/build.sh: 'dotnet --version' failed; global.json asks for a .NET 10 SDK. It said:" >&2
  echo "$version" >&2
  exit 1
fi

# A missing native library stops the agent, not the build: setup.sh has said what to do.
eng/setup.sh build || true
eng/feed.sh

echo "Building Release with the .NET SDK $version ..."
log=$(mktemp)
trap 'rm -f "$log"' EXIT
if ! dotnet build EdgeAgent.sln -c Release --nologo -v quiet "$@" >"$log" 2>&1 </dev/null; then
  if ! grep -E '(error|warning) [A-Z]+[0-9]+:|: error ' "$log" | sed 's/ \[[^]]*proj\]$//' | sort -u >&2; then cat "$log" >&2; fi
  echo "eng/build.sh: the build failed" >&2
  exit 1
fi
eng/pack.sh || echo "eng/build.sh: the models are not packed; everything else is as it should be" >&2
echo "Built. Try: eng/edgeagent --help"
