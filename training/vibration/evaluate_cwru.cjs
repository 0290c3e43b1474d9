// Runs a package's real graphs over the CWRU bearing recordings, the way the agent does, and prints what they say.
// Weights never saw these recordings.
//
//   NODE_PATH=DIR/node_modules node training/vibration/evaluate_cwru.cjs PACKAGE ../shared/data/cwru-dev [OPTIONS]
//     --true-speed        each recording's own speed instead of 1772 rpm for all
//     --noise SHARE       adds white noise of SHARE x the healthy rms to every recording
//     --speed-error P     P percent on every speed
//     --onset             every recording follows the healthy one without a restart; its first 2 s are judged
//     --brief             the summary alone
//     --dump FILE         every window's statistics, for compare.py (not with --true-speed or --noise)
//
// Calibration as the agent's, on the first half of the healthy recording: fit on 60% of its windows, threshold from the rest
// (exponential tail over their 0.8 quantile), then a last fit on all of them. Each recording starts from there.
const fs = require('fs');
const path = require('path');
const ort = require('onnxruntime-node');

// SKF 6205 and 6203 (8 balls of 6.746 mm on 28.499 mm): outer, inner, ball, cage.
const ORDERS = [[3.5848, 5.4152, 2.357, 0.3983], [3.0530, 4.9470, 1.9938, 0.3816]];
const ELEMENTS = { 'outer-race': 'bpfo', 'inner-race': 'bpfi', ball: 'bsf' };
const FAMILIES = ['bpfo', 'bpfi', 'bsf', 'ftf'];
const UP = 3;                        // sigma from which a statistic counts as up

function readNpy(file) {
  const bytes = fs.readFileSync(file);
  const start = 10 + bytes.readUInt16LE(8);
  return new Float32Array(bytes.buffer.slice(bytes.byteOffset + start, bytes.byteOffset + bytes.length));
}

function addNoise(data, size) {
  let seed = 1;
  const next = () => (seed = (seed * 48271) % 2147483647) / 2147483647;
  return data.map((v) => v + size * Math.sqrt(-2 * Math.log(next())) * Math.cos(2 * Math.PI * next()));
}

function tailThreshold(scores, { falseAlarmRate, minimum }) {
  const sorted = [...scores].sort((a, b) => a - b);
  const start = sorted[Math.min(sorted.length - 1, Math.floor(0.8 * sorted.length))];
  const excess = sorted.filter((s) => s > start).map((s) => s - start);
  const mean = excess.length ? excess.reduce((a, b) => a + b) / excess.length : 0;
  return Math.max(minimum, start + mean * Math.log(0.2 / falseAlarmRate));
}

class Package {
  static async open(folder) {
    const p = new Package();
    p.anomaly = JSON.parse(fs.readFileSync(path.join(folder, 'manifest.json'), 'utf8')).anomaly;
    const options = { intraOpNumThreads: 1 };
    p.score = await ort.InferenceSession.create(path.join(folder, p.anomaly.score.graph), options);
    p.fit = await ort.InferenceSession.create(path.join(folder, p.anomaly.fit.graph), options);
    p.slots = p.anomaly.inputs.length;
    p.names = p.anomaly.statistics.names;
    const tensor = (values, shape) => new ort.Tensor('float32', Float32Array.from(values), shape);
    const orders = [...ORDERS.flat(), ...new Array(4 * (p.slots - 2)).fill(0)];
    p.present = tensor([1, 1, ...new Array(p.slots - 2).fill(0)], [p.slots]);
    p.parameters = (rpm) => ({ sample_rate: tensor([12000], [1]), shaft_hz: tensor([rpm / 60], [1]),
      shaft_tolerance: tensor([0.03], [1]), orders: tensor(orders, [p.slots, 4]) });
    return p;
  }

  // data: two channels interleaved -> windows, the other slots zero
  windows(data) {
    const { windowSamples: samples, hopSamples: hop } = this.anomaly;
    const out = [];
    for (let t = 0; t + samples <= data.length / 2; t += hop) {
      const window = new Float32Array(samples * this.slots);
      for (let i = 0; i < samples; i++) for (let c = 0; c < 2; c++) window[i * this.slots + c] = data[(t + i) * 2 + c];
      out.push(window);
    }
    return out;
  }

  baselines(windows, rpm) {
    const all = new Float32Array(windows.length * windows[0].length);
    windows.forEach((w, i) => all.set(w, i * w.length));
    return this.fit.run({ windows: new ort.Tensor('float32', all, [windows.length, this.anomaly.windowSamples, this.slots]),
      present: this.present, ...this.parameters(rpm) });
  }

  async run(windows, rpm, baselines, states) {
    const s = this.anomaly.score;
    if (!states) {
      states = {};
      for (const { input, shape, initial } of s.states) {
        const size = shape.reduce((a, b) => a * b);
        states[input] = new ort.Tensor('float32', initial === 'zeros' ? new Float32Array(size) : baselines[initial].data.slice(), shape);
      }
    }
    const rows = [];
    const fixed = { ...this.parameters(rpm), present: this.present, hold: new ort.Tensor('float32', Float32Array.of(0), [1]) };
    for (const { name } of s.baselines) fixed[name] = baselines[name];
    for (const window of windows) {
      const feeds = { ...fixed, ...states, [s.window]: new ort.Tensor('float32', window, [1, this.anomaly.windowSamples, this.slots]) };
      const from = process.cpuUsage();
      const out = await this.score.run(feeds);
      const { user, system } = process.cpuUsage(from);
      const ms = (user + system) / 1000;
      states = Object.fromEntries(s.states.map(({ input, output }) => [input, out[output]]));
      rows.push({ score: out[s.score].data[0], statistics: out.statistics.data, ms });
    }
    return { rows, states };
  }

  // The strongest family by dB of a slot, if it is up, else null: the element that the fault library names.
  named(statistics, baselines, slot) {
    const at = (family) => slot * this.names.length + this.names.indexOf(family);
    const best = FAMILIES.reduce((a, b) => (statistics[at(b)] > statistics[at(a)] ? b : a));
    const sigmas = (statistics[at(best)] - baselines.statistic_center.data[at(best)]) / baselines.statistic_sigma.data[at(best)];
    return sigmas >= UP ? best : null;
  }
}

async function main(folder, data, ...options) {
  const value = (name, otherwise) => (options.includes(name) ? Number(options[options.indexOf(name) + 1]) : otherwise);
  const speedError = 1 + value('--speed-error', 0) / 100;
  const rpmOf = (r) => (options.includes('--true-speed') ? r.rpm : 1772) * speedError;
  const pack = await Package.open(folder);
  const index = JSON.parse(fs.readFileSync(path.join(data, 'index.json'), 'utf8'));
  const load = (r) => {
    const raw = readNpy(path.join(data, r.file));
    return value('--noise', 0) ? addNoise(raw, value('--noise', 0) * 0.07) : raw;
  };
  const normal = index.find((r) => r.fault === 'normal');
  const all = load(normal);
  const half = Math.floor(all.length / 4) * 2;
  const windows = pack.windows(all.subarray(0, half));
  const trial = await pack.baselines(windows.slice(0, Math.floor(0.6 * windows.length)), rpmOf(normal));
  const held = (await pack.run(windows, rpmOf(normal), trial)).rows.slice(Math.floor(0.6 * windows.length)).map((r) => r.score);
  const threshold = tailThreshold(held, pack.anomaly.threshold);
  const baselines = await pack.baselines(windows, rpmOf(normal));
  const { states } = await pack.run(windows, rpmOf(normal), baselines);
  const rest = (await pack.run(pack.windows(all.subarray(half)), rpmOf(normal), baselines, states)).rows;
  const mean = (list) => list.reduce((a, b) => a + b, 0) / list.length;
  const percent = (list) => (100 * mean(list.map(Number))).toFixed(1);
  console.log(`threshold ${threshold.toFixed(2)}; healthy half: ${percent(rest.map((r) => r.score > threshold))}% of ${rest.length} windows flagged, highest score ${
    Math.max(...rest.map((r) => r.score)).toFixed(2)}`);
  const groups = {};
  const times = [];
  const dump = { rpm: rpmOf(normal), orders: [...ORDERS, ...new Array(pack.slots - 2).fill([0, 0, 0, 0])], recordings: {},
    baselines: Object.fromEntries(Object.entries(baselines).map(([n, t]) => [n, { shape: t.dims, data: [...t.data] }])) };
  for (const r of index.filter((x) => x.fault !== 'normal')) {
    // Started fresh, as after a restart of the agent, unless the onset is asked for.
    const faulty = pack.windows(load(r));
    const { rows } = options.includes('--onset') ? await pack.run(faulty.slice(0, 6), rpmOf(r), baselines, states)
      : await pack.run(faulty, rpmOf(r), baselines);
    times.push(...rows.map((x) => x.ms));
    dump.recordings[r.file] = rows.map((x) => ({ score: x.score, statistics: [...x.statistics] }));
    const names = rows.map((x) => pack.named(x.statistics, baselines, 0));
    const count = Object.fromEntries([...FAMILIES, null].map((f) => [f, names.filter((n) => n === f).length]));
    const verdict = [...FAMILIES, 'null'].reduce((a, b) => (count[b] > count[a] ? b : a), 'null');
    const g = groups[r.fault] ??= { recordings: [], windows: [], flagged: [], detected: [], wrong: [], wrongWindows: [], other: [] };
    const right = ELEMENTS[r.fault];
    g.recordings.push(verdict === right);
    g.wrong.push(verdict !== right && verdict !== 'null');
    g.windows.push(...names.map((n) => n === right));
    g.wrongWindows.push(...names.map((n) => n !== null && n !== right));
    g.other.push(...rows.map((x) => pack.named(x.statistics, baselines, 1) !== null));
    g.flagged.push(...rows.map((x) => x.score > threshold));
    g.detected.push(rows.filter((x) => x.score > threshold).length > rows.length / 2);
    if (!options.includes('--brief')) {
      const at = (name) => mean(rows.map((x) => x.statistics[pack.names.indexOf(name)])).toFixed(1);
      console.log(`${r.file.padEnd(33)} flagged ${percent(rows.map((x) => x.score > threshold)).padStart(5)}%, lowest score ${
        Math.min(...rows.map((x) => x.score)).toFixed(1).padStart(4)}; dB ${FAMILIES.map((f) => `${f} ${at(f).padStart(4)}`).join(' ')}; named ${
        FAMILIES.filter((f) => count[f]).map((f) => `${f} ${count[f]}`).concat(count.null ? [`none ${count.null}`] : []).join(', ')}`);
    }
  }
  for (const [fault, g] of Object.entries(groups)) {
    console.log(`${fault.padEnd(10)} ${g.detected.length} recordings: detected ${percent(g.detected)}%, windows flagged ${
      percent(g.flagged)}%; element right ${percent(g.recordings)}% of recordings, ${percent(g.windows)}% of windows; wrong ${
      percent(g.wrong)}%, ${percent(g.wrongWindows)}%; an element of the sound fan end ${percent(g.other)}% of windows`);
  }
  if (options.includes('--dump')) fs.writeFileSync(options[options.indexOf('--dump') + 1], JSON.stringify(dump));
  times.sort((a, b) => a - b);
  console.log(`score graph: median ${times[times.length >> 1].toFixed(2)} ms, 99% ${times[Math.floor(0.99 * times.length)].toFixed(2)} ms of CPU time a window, two channels`);
}

main(...process.argv.slice(2));
