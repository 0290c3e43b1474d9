#!/usr/bin/env bash
# Builds and runs all tests. The last line is the result: `N passed, N failed`, with `, N skipped` when some were.
#   eng/test.sh [--filter EXPRESSION]      only the tests that match (as `dotnet test --filter`); no format check then
set -uo pipefail
cd "$(dirname "$0")/.." || exit 1
. eng/environment.sh

filter=()
case "${1:-}" in
  "") ;;
  --filter) [ $# -eq 2 ] || { echo "eng/test.sh: --filter takes one expression" >&2; exit 2; }; filter=(--filter "$2") ;;
  *) echo "eng/test.sh: '$1' is not an option; allowed: --filter EXPRESSION" >&2; exit 2 ;;
esac

# One stream, so that the result stays the last line whatever collects the output.
exec 2>&1
passed=0 failed=0 skipped=0
results=$(mktemp -d)
trap 'rm -rf "$results"' EXIT

finish() {
  local line="$passed passed, $failed failed"
  [ "$skipped" -eq 0 ] || line="$line, $skipped skipped"
  echo "$line"
  [ "$failed" -eq 0 ] && [ "$passed" -gt 0 ]
  exit
}

# step NAME COMMAND...: one check that is not a .NET test; it counts as one, and its output is shown when it fails.
step() {
  local name="$1" log="$results/step.log"; shift
  if "$@" >"$log" 2>&1 </dev/null; then
    passed=$((passed + 1)); echo "ok      $name"
  else
    failed=$((failed + 1)); cat "$log"; echo "FAILED  $name"
  fi
}

# sum FIELD FILE: the field of the test run's counters.
sum() { sed -n "s/.*<Counters.* $1=\"\([0-9]*\)\".*/\1/p" "$2" | head -n 1; }

eng/setup.sh test || echo "Going on; the tests that need what is missing will fail." >&2
if ! eng/build.sh; then failed=1; finish; fi

if [ ${#filter[@]} -eq 0 ]; then
  step "format: whitespace" dotnet format whitespace EdgeAgent.sln --verify-no-changes --no-restore --exclude eng/onnxruntime
  step "format: style" dotnet format style EdgeAgent.sln --verify-no-changes --no-restore --exclude eng/onnxruntime
  step "deployment" deploy/test.sh
fi

while read -r project; do
  name=$(basename "$project" .csproj)
  trx="$results/$name.trx" log="$results/$name.log"
  # A test that hangs is stopped, named and counted as failed.
  dotnet test "$project" -c Release --no-build --nologo --logger "trx;LogFileName=$trx" --results-directory "$results" \
    --blame-hang --blame-hang-timeout 5m --blame-hang-dump-type none "${filter[@]}" >"$log" 2>&1 </dev/null
  code=$?
  total=0 good=0 bad=0
  if [ -f "$trx" ]; then
    total=$(sum total "$trx") good=$(sum passed "$trx") bad=$(sum failed "$trx")
  fi
  # The run failed although no test did: the test host crashed, hung or never started.
  if [ "$code" -ne 0 ] && [ "${bad:-0}" -eq 0 ]; then bad=1 total=$((total + 1)); fi
  passed=$((passed + good)) failed=$((failed + bad)) skipped=$((skipped + total - good - bad))
  if [ "$bad" -eq 0 ]; then
    echo "ok      $name: $good passed"
  else
    grep -vE '^(Test run for |VSTest version|Starting test execution|A total of |Results File:|Attachments:|$)' "$log"
    echo "FAILED  $name: $bad failed, $good passed"
  fi
done < <(find tests -name '*.csproj' -not -path '*/obj/*' -exec grep -L '<IsTestProject>false' {} + | sort)

finish
