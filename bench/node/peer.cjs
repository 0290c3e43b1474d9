// The peer that `bench peer` runs beside the agent; also by hand:
//   node bench/node/peer.cjs PACKAGE CALIBRATION.json RECORDING.csv
// CALIBRATION.json: { columns, threshold, onDelaySeconds, offDelaySeconds, clearBelow, tensors }, as `bench peer` writes it.
// One command per line on stdin, one JSON per line on stdout:
//   csv      one round over the file, reading and parsing it
//   values   one round over rows that were parsed before
//   scores   the scores and alarms of the last round
const fs = require('fs');
const readline = require('readline');
const ort = require('onnxruntime-node');
const { open, Watch } = require('./watch.cjs');
const { rowsOf } = require('./recording.cjs');

async function round(watch, rows) {
  const scores = [];
  let raised = 0;
  const started = process.hrtime.bigint();
  const before = process.cpuUsage();
  for await (const { values, seconds } of rows) {
    const was = watch.active;
    const score = await watch.observe(values, seconds);
    if (score !== undefined) scores.push(score);
    if (watch.active && !was) raised++;
  }
  const cpu = process.cpuUsage(before);
  return { scores, windows: scores.length, raised, seconds: Number(process.hrtime.bigint() - started) / 1e9,
    cpuSeconds: (cpu.user + cpu.system) / 1e6 };
}

async function main(folder, calibrationFile, csv) {
  const model = await open(folder);
  const calibration = JSON.parse(fs.readFileSync(calibrationFile, 'utf8'));
  const parsed = [];
  for await (const { values, seconds } of rowsOf(csv, calibration.columns)) parsed.push({ values: values.slice(), seconds });
  let last = { scores: [] };
  console.log(JSON.stringify({ node: process.version, onnxruntime: ort.env.versions.node ?? ort.env.versions.common }));
  for await (const command of readline.createInterface({ input: process.stdin })) {
    if (command === 'scores') {
      console.log(JSON.stringify(last.scores));
      continue;
    }
    const watch = new Watch(model, calibration);
    last = await round(watch, command === 'csv' ? rowsOf(csv, calibration.columns) : parsed);
    const { scores, ...rest } = last;
    console.log(JSON.stringify(rest));
  }
}

main(...process.argv.slice(2)).catch((e) => {
  console.error(e.message);
  process.exitCode = 1;
});
