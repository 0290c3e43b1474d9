#!/bin/sh
# Makes models/pump-language from nothing: tokenizer, training, graphs, checks, package.
#
#   ONNXRUNTIME_NODE=<a scratch folder where "npm install onnxruntime-node" ran> ./make.sh
# Flags are passed on to train.py. Starts again where an interrupted training stopped. Everything but the package goes to
# out/, which git ignores.
set -eu
cd "$(dirname "$0")"
: "${ONNXRUNTIME_NODE:?name a folder where onnxruntime-node is installed}"
python=${PYTHON:-/usr/bin/python3}
run=${RUN:-out/run}
export OMP_NUM_THREADS=1 ONNXRUNTIME_NODE

mkdir -p out
[ -f out/tokenizer.json ] || $python tokenizer.py out/tokenizer.json
nice -n 19 $python -u train.py --steps "${STEPS:-4000}" --decay-steps "${DECAY_STEPS:-3000}" --out "$run" "$@"
for precision in fp32 int8 int4; do
    $python export.py "$run/last.pt" $precision out/$precision/model.onnx
    $python parity.py "$run/last.pt" out/$precision/model.onnx
    $python evaluate.py "$run/last.pt" out/$precision/model.onnx
done
$python package.py "$run/last.pt" --precision "${PRECISION:-int8}" --version "${VERSION:-1.0.0}" \
    --sequence "${SEQUENCE:-1}" --created "${CREATED:-$(date -u +%FT%TZ)}" ${HISTORY:+--history "$HISTORY"}
