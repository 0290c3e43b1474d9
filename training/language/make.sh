#!/bin/sh
# Makes models/pump-language: tokenizer, training, graphs, checks, package. From nothing, or with START from a package.
#
#   ONNXRUNTIME_NODE=<a scratch folder where "npm install --ignore-scripts onnxruntime-node" ran> [START=../../models/pump-language] ./make.sh
# Flags are passed on to train.py. Starts again where an interrupted training stopped. Everything but the package goes to
# out/, which git ignores.
set -eu
cd "$(dirname "$0")"
: "${ONNXRUNTIME_NODE:?name a folder where onnxruntime-node is installed}"
python=${PYTHON:-/usr/bin/python3}
run=${RUN:-out/run}
export OMP_NUM_THREADS=1 ONNXRUNTIME_NODE

mkdir -p out
if [ -n "${START:-}" ]; then
    cp "$START/tokenizer.json" out/tokenizer.json
    set -- --start-from "$START" "$@"
fi
[ -f out/tokenizer.json ] || $python tokenizer.py out/tokenizer.json
nice -n 19 $python -u train.py --steps "${STEPS:-4000}" --decay-steps "${DECAY_STEPS:-3000}" --out "$run" "$@"
for precision in fp32 int8 int4; do
    $python export.py "$run/last.pt" $precision out/$precision/model.onnx
    $python parity.py "$run/last.pt" out/$precision/model.onnx
    $python evaluate.py "$run/last.pt" out/$precision/model.onnx 500 pump
    $python evaluate.py "$run/last.pt" out/$precision/model.onnx 500 bearing
done
$python package.py "$run/last.pt" --precision "${PRECISION:-int8}" --version "${VERSION:-1.0.0}" \
    --sequence "${SEQUENCE:-1}" --created "${CREATED:-$(date -u +%FT%TZ)}" ${HISTORY:+--history "$HISTORY"}
