#!/usr/bin/env bash
# Finds out which of the packages that the design asks for the configured NuGet feed holds, and writes the answer to
# eng/feed.props, which the build imports. EDGEAGENT_FEED=full|portable|auto overrides it (auto is the default).
set -euo pipefail
cd "$(dirname "$0")"
. ./environment.sh
feed="${EDGEAGENT_FEED:-auto}"
key="$feed $(sha256sum feed.sh ../Directory.Packages.props | sha256sum | cut -c1-16) $(dotnet nuget list source 2>/dev/null | sha256sum | cut -c1-16) ${NUGET_PACKAGES:-} ${RestoreSources:-} ${RestoreAdditionalProjectSources:-}"

has() { # has PACKAGE -> true|false, from a restore of a project that needs nothing else
  case "$feed" in full) echo true; return ;; portable) echo false; return ;; esac
  local version folder
  version=$(sed -n "s/.*Include=\"$1\" Version=\"\([^\"]*\)\".*/\1/p" ../Directory.Packages.props)
  folder=$(mktemp -d)
  cat >"$folder/probe.csproj" <<XML
<Project Sdk="Microsoft.NET.Sdk">
  <PropertyGroup><TargetFramework>net10.0</TargetFramework><NuGetAudit>false</NuGetAudit><TreatWarningsAsErrors>true</TreatWarningsAsErrors></PropertyGroup>
  <ItemGroup><PackageReference Include="$1" Version="$version" /></ItemGroup>
</Project>
XML
  local answer=true
  # With the NuGet.Config that the build will use, though the probe lies elsewhere.
  if ! dotnet restore "$folder/probe.csproj" -p:RestoreRootConfigDirectory="$PWD" >"$folder/log" 2>&1 </dev/null; then
    answer=false
    # The feed must have said that it lacks the package or this version of it. Anything else is trouble on the way there,
    # and must not be remembered as an answer.
    if ! grep -qE 'error NU(110[0-9]|1603)' "$folder/log"; then
      grep -E 'error' "$folder/log" | sort -u >&2
      echo "eng/feed.sh: the package feed gave no answer about $1; try again, or set EDGEAGENT_FEED=full|portable" >&2
      answer=
    fi
  fi
  rm -rf "$folder"
  [ -n "$answer" ] && echo $answer
}

case "$feed" in full | portable | auto) ;; *)
  echo "EDGEAGENT_FEED is '$feed'; allowed: full, portable, auto" >&2; exit 2 ;;
esac

if ! grep -qsF "key: $key -->" feed.props; then
  echo "Asking the package feed ($feed) for ONNX Runtime, MQTTnet, SQLite and device bindings ..."
  onnx=$(has Microsoft.ML.OnnxRuntime); mqtt=$(has MQTTnet); sqlite=$(has Microsoft.Data.Sqlite)
  # One is of no use without the other.
  devices=$(has System.Device.Gpio)
  if [ "$devices" = true ]; then devices=$(has Iot.Device.Bindings); fi
  cat >feed.props <<XML
<Project>
  <!-- Written by eng/feed.sh. key: $key -->
  <PropertyGroup>
    <HasOnnxRuntime>$onnx</HasOnnxRuntime>
    <HasMqttNet>$mqtt</HasMqttNet>
    <HasSqlite>$sqlite</HasSqlite>
    <HasDeviceBindings>$devices</HasDeviceBindings>
  </PropertyGroup>
</Project>
XML
fi

value() { sed -n "s:.*<$1>\(.*\)</$1>.*:\1:p" feed.props; }
echo "  Microsoft.ML.OnnxRuntime  $([ "$(value HasOnnxRuntime)" = true ] && echo "from NuGet" || echo "from npm (com.github.asus4.onnxruntime)")"
echo "  MQTTnet                   $([ "$(value HasMqttNet)" = true ] && echo "from NuGet" || echo "absent: Eclipse Mosquitto's client library instead")"
echo "  Microsoft.Data.Sqlite     $([ "$(value HasSqlite)" = true ] && echo "from NuGet, library bundled" || echo "6.0 over the system's libsqlite3")"
echo "  Iot.Device.Bindings       $([ "$(value HasDeviceBindings)" = true ] && echo "from NuGet, with System.Device.Gpio" || echo "absent: buses and lines by the kernel's own devices, no sensors of the kind binding")"

# Fetched again when the lock file has changed since, or when the last time was cut short.
if [ "$(value HasOnnxRuntime)" != true ]; then
  lock=$(sha256sum onnxruntime/package-lock.json)
  if [ "$(cat onnxruntime/node_modules/.fetched 2>/dev/null)" != "$lock" ]; then
    ./setup.sh npm
    echo "Fetching ONNX Runtime with npm into eng/onnxruntime/node_modules ..."
    (cd onnxruntime && npm ci --ignore-scripts --no-audit --no-fund --loglevel=error </dev/null)
    echo "$lock" >onnxruntime/node_modules/.fetched
  fi
fi
