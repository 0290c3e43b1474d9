// Runs a package's real graphs over the recordings of the Skoltech Anomaly Benchmark, the way the agent does, and writes
// what skab_score.py reads. Weights never saw these recordings.
//
//   NODE_PATH=DIR/node_modules node training/process_anomaly/evaluate_skab.cjs PACKAGE ../shared/data/skab-dev OUT
//   ../shared/tools/skab_score.py ../shared/data/skab-dev OUT
//
// Calibration as the agent's: fit on the first 60% of the normal windows, threshold from the scores of the rest
// (exponential tail over their 0.8 quantile), then a last fit on all of them. Rows 0-399 calibrate.
const fs = require('fs');
const path = require('path');
const ort = require('onnxruntime-node');

const COLUMNS = ['Volume Flow RateRMS', 'Pressure', 'Current', 'Accelerometer1RMS', 'Accelerometer2RMS', 'Temperature',
  'Thermocouple', 'Voltage'];
const CALIBRATE = 400;
const SLICE = 1150;

function readCsv(file) {
  const lines = fs.readFileSync(file, 'utf8').trim().split(/\r?\n/);
  const head = lines[0].split(';');
  const at = COLUMNS.map((c) => head.indexOf(c));
  return lines.slice(1).map((line) => {
    const cells = line.split(';');
    return { time: cells[0], values: at.map((i) => Number(cells[i])) };
  });
}

class Package {
  static async open(folder) {
    const p = new Package();
    p.anomaly = JSON.parse(fs.readFileSync(path.join(folder, 'manifest.json'), 'utf8')).anomaly;
    const options = { intraOpNumThreads: 1 };
    p.score = await ort.InferenceSession.create(path.join(folder, p.anomaly.score.graph), options);
    p.fit = await ort.InferenceSession.create(path.join(folder, p.anomaly.fit.graph), options);
    p.slots = p.anomaly.inputs.length;
    p.present = new ort.Tensor('float32', new Float32Array(p.slots).fill(1), [p.slots]);
    return p;
  }

  window(flat, t) {
    return flat.subarray(t * this.slots, (t + this.anomaly.windowSamples) * this.slots);
  }

  async baselines(flat, count) {
    const { windowSamples: samples, fit } = this.anomaly;
    const all = new Float32Array(count * samples * this.slots);
    for (let i = 0; i < count; i++) all.set(this.window(flat, i), i * samples * this.slots);
    return this.fit.run({ [fit.windows]: new ort.Tensor('float32', all, [count, samples, this.slots]),
      [fit.present]: this.present });
  }

  start(baselines) {
    const states = {};
    for (const { input, shape, initial } of this.anomaly.score.states) {
      const from = initial === 'zeros' ? new Float32Array(this.slots) : Float32Array.from(baselines[initial].data);
      states[input] = new ort.Tensor('float32', from, shape);
    }
    return { baselines, states };
  }

  async step(run, flat, t, hold) {
    const s = this.anomaly.score;
    const feeds = { ...run.states, [s.present]: this.present,
      [s.window]: new ort.Tensor('float32', this.window(flat, t).slice(), [1, this.anomaly.windowSamples, this.slots]),
      [s.hold]: new ort.Tensor('float32', Float32Array.of(hold ? 1 : 0), [1]) };
    for (const { name } of s.baselines) feeds[name] = run.baselines[name];
    const out = await this.score.run(feeds);
    for (const { input, output } of s.states) run.states[input] = out[output];
    return out[s.score].data[0];
  }
}

function tailThreshold(scores, { falseAlarmRate, minimum }) {
  const sorted = [...scores].sort((a, b) => a - b);
  const start = sorted[Math.min(sorted.length - 1, Math.floor(0.8 * sorted.length))];
  const excess = sorted.filter((s) => s > start).map((s) => s - start);
  const mean = excess.length ? excess.reduce((a, b) => a + b) / excess.length : 0;
  return Math.max(minimum, start + mean * Math.log(0.2 / falseAlarmRate));
}

async function replay(pack, rows, calibrateRows) {
  const { windowSamples: samples, alarm: advice, threshold: rule } = pack.anomaly;
  const flat = Float32Array.from(rows.flatMap((r) => r.values));
  const normal = calibrateRows - samples + 1;
  const fitted = Math.floor(0.6 * normal);
  const trial = pack.start(await pack.baselines(flat, fitted));
  const scores = [];
  for (let t = 0; t < normal; t++) scores.push(await pack.step(trial, flat, t, false));
  const threshold = tailThreshold(scores.slice(fitted), rule);

  const run = pack.start(await pack.baselines(flat, normal));
  for (let t = 0; t < normal; t++) await pack.step(run, flat, t, false);
  const out = rows.map(({ time }) => ({ time, score: '', alarm: 0 }));
  let active = false;
  let since = null;
  for (let t = normal; t + samples <= rows.length; t++) {
    const score = await pack.step(run, flat, t, active);
    const counts = active ? score < advice.clearBelow * threshold : score > threshold;
    since = counts ? since ?? t : null;
    const delay = active ? advice.offDelaySeconds : advice.onDelaySeconds;
    if (since !== null && t - since >= delay) {
      active = !active;
      since = null;
    }
    Object.assign(out[t + samples - 1], { score, alarm: active ? 1 : 0 });
  }
  return { threshold, out };
}

const flagged = (out, from) => out.slice(from).filter((r) => r.alarm).length / (out.length - from);

async function main(folder, data, target) {
  const pack = await Package.open(folder);
  fs.mkdirSync(target, { recursive: true });
  for (const group of ['valve1', 'valve2', 'other']) {
    for (const name of fs.readdirSync(path.join(data, group)).filter((n) => n.endsWith('.csv'))) {
      const { threshold, out } = await replay(pack, readCsv(path.join(data, group, name)), CALIBRATE);
      const lines = out.map((r) => `${r.time},${r.score},${threshold},${r.alarm},ok`);
      fs.writeFileSync(path.join(target, `${group}_${name}`), ['timestamp,score,threshold,alarm,health', ...lines, ''].join('\n'));
    }
  }
  const healthy = readCsv(path.join(data, 'anomaly-free', 'anomaly-free.csv'));
  const shares = [];
  for (let i = 0; i < 8; i++) {
    shares.push(flagged((await replay(pack, healthy.slice(i * SLICE, (i + 1) * SLICE), CALIBRATE)).out, CALIBRATE));
  }
  const long = flagged((await replay(pack, healthy, 2000)).out, 2000);
  const percent = (x) => (100 * x).toFixed(2);
  console.log(`healthy slices flagged, percent: ${shares.map((s) => (100 * s).toFixed(0)).join(' ')}, mean ${
    percent(shares.reduce((a, b) => a + b) / shares.length)}`);
  console.log(`healthy, calibrated on 2000 rows, percent of the rest flagged: ${percent(long)}`);
}

main(...process.argv.slice(2));
