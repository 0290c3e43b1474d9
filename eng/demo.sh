#!/usr/bin/env bash
# A story in the terminal, on this machine only: a simulated pump is watched, a fault becomes an alarm on MQTT and then an
# explanation, the broker goes away and comes back, and nothing is lost. Exit code 0 when the story went as it should.
set -euo pipefail
cd "$(dirname "$0")/.."
. eng/environment.sh

eng/setup.sh test || echo "Going on without what is missing."
eng/build.sh

work=$(mktemp -d)
agent="" broker="" listener=""
tidy() {
  for process in $agent $listener $broker; do kill "$process" 2>/dev/null || true; done
  wait 2>/dev/null || true
  rm -rf "$work"
}
trap tidy EXIT

say() { printf '\n\033[1m%s\033[0m\n' "$*"; }
status() { eng/edgeagent outbox status --data-dir "$work/data" --json 2>/dev/null | sed -n "s/.*\"$1\":\([0-9]*\).*/\1/p"; }
logged() { grep -c "$1" "$work/agent.log" || true; }
# until_true SECONDS COMMAND...: polls until the command succeeds; fails after the time.
until_true() {
  local end=$((SECONDS + $1)); shift
  until "$@"; do
    if [ $SECONDS -ge "$end" ]; then echo "gave up waiting for: $*" >&2; tail -n 20 "$work/agent.log" >&2; return 1; fi
    sleep 0.3
  done
}
has_logged() { [ "$(logged "$1")" -ge "${2:-1}" ]; }
waiting_at_least() { local n; n=$(status waiting); [ "${n:-0}" -ge "$1" ]; }
waiting_none() { [ "$(status waiting)" = 0 ]; }
received() { grep -q "$1" "$work/received" 2>/dev/null; }

# --- The broker, on a free loopback port --------------------------------------------------------------------------
online=false
if command -v mosquitto >/dev/null 2>&1 && command -v mosquitto_sub >/dev/null 2>&1; then online=true; fi
start_broker() {
  mosquitto -c "$work/mosquitto.conf" >"$work/mosquitto.log" 2>&1 &
  broker=$!
  until_true 10 grep -q ' running' "$work/mosquitto.log"
}
# tell: prints each MQTT message (TOPIC JSON) as a line that a person can read.
tell() {
  local topic json
  while read -r topic json; do
    field() { [[ $json =~ \"$1\":\"(([^\"\\]|\\.)*)\" ]] && printf '%s' "${BASH_REMATCH[1]}"; }
    number() { [[ $json =~ \"$1\":([-0-9.eE+]+) ]] && LC_ALL=C printf '%.2f' "${BASH_REMATCH[1]}"; }
    case "$topic" in
      */status) echo "   MQTT  status     $(field status)" ;;
      */decision)
        if [ "$(field kind)" = machine ]; then
          echo "   MQTT  decision   machine alarm $(field event), $(field severity), score $(number score), threshold $(number threshold)"
        else
          echo "   MQTT  decision   $(field kind) $(field event): $(field code)"
        fi ;;
      */diagnosis)
        echo "   MQTT  diagnosis  $(field fault), by the $(field author): $(field summary)"
        field explanation | fold -s -w 100 | sed 's/^/                    /'; echo ;;
    esac
  done
}

if $online; then
  port=$((20000 + RANDOM % 20000))
  printf '%s\n' "listener $port 127.0.0.1" "allow_anonymous true" "user $(id -un)" "persistence true" "persistence_location $work/" "log_dest stderr" >"$work/mosquitto.conf"
  start_broker
  export EDGEAGENT__MQTT__PORT=$port
  mosquitto_sub -h 127.0.0.1 -p "$port" -V 5 -c -x 3600 -i demo -q 1 -v -t 'edgeagent/#' 2>/dev/null \
    > >(tee "$work/received" | tell) &
  listener=$!
  say "1. A loopback broker runs on port $port, and somebody listens."
else
  export EDGEAGENT__MQTT__ENABLED=false
  say "1. Mosquitto is not installed here, so the demo goes on offline: decisions stay on disk."
fi

# --- The agent ----------------------------------------------------------------------------------------------------
say "2. The agent starts, learns what is normal for a simulated pump (half an hour of its life, seconds of ours), and watches."
eng/edgeagent run --config device-configs/demo-pump.json --data-dir "$work/data" >"$work/agent.log" 2>&1 &
agent=$!
until_true 90 has_logged 'Calibrated on'
sed -n 's/.* INF Calibrated/   agent Calibrated/p' "$work/agent.log"

say "3. A valve closes. The alarm is published at once; the explanation follows, written by the language model."
if $online; then until_true 60 received '/diagnosis'; else until_true 60 has_logged 'Explained alarm'; fi
sleep 0.5

buffered=0
if $online; then
  say "4. The broker goes away. The pump goes on failing, and decisions are kept on disk."
  kill "$broker"; wait "$broker" 2>/dev/null || true; broker=""
  until_true 60 waiting_at_least 2
  buffered=$(status waiting)
  echo "   disk  $buffered messages wait for the broker"

  say "5. The broker comes back, and they arrive."
  start_broker
  until_true 60 waiting_none
  sleep 0.5
fi

# --- The end ------------------------------------------------------------------------------------------------------
say "6. The agent is stopped as systemd would stop it."
kill -TERM "$agent"
code=0; wait "$agent" || code=$?
agent=""
ended=$(sed -n 's/.*Ended: //p' "$work/agent.log")
count() { printf '%s' "$ended" | sed -n "s/.*\(^\|, \)\([0-9]*\) $1.*/\2/p"; }
lost=$(( $(status stored) - $(status delivered) - $(status waiting) - $(status dead) ))

say "Summary"
cat <<END
   windows scored   $(count 'windows scored')
   alarms           $(count 'alarms')
   explanations     $(count 'explained by the model') by the model, $(count 'by the template') by the template
   buffered         $buffered while the broker was away
   delivered        $(status delivered) of $(status stored) stored
   lost             $lost
   agent exit code  $code
END
[ "$code" -eq 0 ] && [ "$lost" -eq 0 ] && [ "$(count 'alarms')" -ge 1 ] && [ "$(count 'explained by the model')" -ge 1 ]
if $online; then [ "$buffered" -ge 1 ] && waiting_none; fi
