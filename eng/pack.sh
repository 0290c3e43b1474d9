#!/usr/bin/env bash
# Packs and signs the shipped models into artifacts/*.eapkg, those that have changed, with a key of this machine's own that
# is made at the first time. Called by eng/build.sh.
set -euo pipefail
cd "$(dirname "$0")/.."

# keys/ and *.pem are in .gitignore: a key that signs for a plant's devices has no place in a repository.
key=artifacts/keys/this-machine
if [ ! -f "$key.key" ]; then
  mkdir -p artifacts/keys
  eng/edgeagent model keygen --out "$key" >/dev/null
  echo "Made the signing key $key.key; devices that trust $key.pem take its packages"
fi
for model in models/*/manifest.json; do
  folder=$(dirname "$model") stamp="artifacts/keys/.packed-$(basename "$(dirname "$model")")"
  # The stamp holds the name of the file that was made, so that a new version takes the old one away.
  made=$(cat "$stamp" 2>/dev/null || true)
  if [ -f "artifacts/$made" ] && [ -z "$(find "$folder" -newer "$stamp" -print -quit)" ] && [ ! "$key.key" -nt "$stamp" ]; then continue; fi
  rm -f "artifacts/${made:-none}"
  version=$(sed -n 's/^  "version": *"\([^"]*\)".*/\1/p' "$model")
  name=$(sed -n 's/^  "name": *"\([^"]*\)".*/\1/p' "$model")
  eng/edgeagent model pack "$folder" --key "$key.key" --out "artifacts/$name-$version.eapkg"
  printf '%s' "$name-$version.eapkg" >"$stamp"
done
