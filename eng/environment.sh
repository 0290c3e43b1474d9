# Sourced by the other scripts here: finds the .NET SDK or runtime, and keeps .NET's tools quiet and self-contained.
export DOTNET_CLI_TELEMETRY_OPTOUT=1 DOTNET_NOLOGO=1

# A root or service shell often lacks these in its PATH; Debian keeps ldconfig and mosquitto in sbin.
case ":$PATH:" in *:/usr/sbin:*) ;; *) PATH="$PATH:/usr/sbin:/sbin" ;; esac

if ! command -v dotnet >/dev/null 2>&1; then
  for folder in "${DOTNET_ROOT:-}" /usr/share/dotnet /usr/lib/dotnet /opt/dotnet "${HOME:-/root}/.dotnet"; do
    if [ -n "$folder" ] && [ -x "$folder/dotnet" ]; then
      echo "dotnet is not in PATH; using $folder/dotnet" >&2
      PATH="$folder:$PATH"
      break
    fi
  done
fi
export PATH

# The built executable looks for the runtime in a few fixed folders only; tell it where this one is.
if [ -z "${DOTNET_ROOT:-}" ] && command -v dotnet >/dev/null 2>&1; then
  folder=$(dirname "$(readlink -f "$(command -v dotnet)")")
  if [ -d "$folder/host/fxr" ]; then export DOTNET_ROOT="$folder"; fi
fi
unset folder

# The product never needs ICU; the SDK stops without it unless it is told so.
if [ -z "${DOTNET_SYSTEM_GLOBALIZATION_INVARIANT:-}" ] && ! ldconfig -p 2>/dev/null | grep -q 'libicuuc\.so'; then
  export DOTNET_SYSTEM_GLOBALIZATION_INVARIANT=1
fi
