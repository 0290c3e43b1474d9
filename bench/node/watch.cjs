// Frame to alarm in Node.js, as a Node-RED function node would hold it: sliding window, score graph with its states
// carried from window to window, threshold with on-delay, off-delay and deadband. Tensors are made once and refilled.
const fs = require('fs');
const path = require('path');
const ort = require('onnxruntime-node');

const MAX_GAP_SECONDS = 5;

const sizeOf = (shape) => shape.reduce((a, b) => a * b, 1);

async function open(folder) {
  const { anomaly } = JSON.parse(fs.readFileSync(path.join(folder, 'manifest.json'), 'utf8'));
  const session = await ort.InferenceSession.create(path.join(folder, anomaly.score.graph), {
    intraOpNumThreads: 1, interOpNumThreads: 1, executionMode: 'sequential', graphOptimizationLevel: 'all',
    extra: { session: { intra_op: { allow_spinning: '0' } } },
  });
  return { session, anomaly };
}

class Watch {
  // calibration: { columns, threshold, onDelaySeconds, offDelaySeconds, clearBelow, tensors: { name: [..] } }
  constructor({ session, anomaly }, calibration) {
    this.session = session;
    this.limits = calibration;
    this.samples = anomaly.windowSamples;
    this.slots = anomaly.inputs.length;
    this.names = anomaly.score;
    this.rows = new Float32Array(this.samples * this.slots);
    this.full = 0;
    this.hold = new Float32Array(1);
    const tensor = (data, shape) => new ort.Tensor('float32', data, shape);
    this.feeds = {
      [this.names.window]: tensor(this.rows, [1, this.samples, this.slots]),
      [this.names.present]: tensor(Float32Array.from(calibration.columns, (name) => (name === null ? 0 : 1)), [this.slots]),
      [this.names.hold]: tensor(this.hold, [1]),
    };
    for (const { name, shape } of this.names.baselines) {
      this.feeds[name] = tensor(Float32Array.from(calibration.tensors[name]), shape);
    }
    for (const { input, shape, initial } of this.names.states) {
      const from = initial === 'zeros' ? new Float32Array(sizeOf(shape)) : Float32Array.from(calibration.tensors[initial]);
      this.feeds[input] = tensor(from, shape);
    }
    this.active = false;
    this.since = null;
    this.last = null;
  }

  // seconds: monotonic time of the row. Returns its score, or undefined while the window is not full.
  async observe(values, seconds) {
    if (this.last !== null && seconds - this.last > MAX_GAP_SECONDS) this.full = 0;
    this.last = seconds;
    this.rows.copyWithin(0, this.slots);
    this.rows.set(values, (this.samples - 1) * this.slots);
    if (++this.full < this.samples) return undefined;

    this.hold[0] = this.active ? 1 : 0;
    const out = await this.session.run(this.feeds);
    for (const { input, output } of this.names.states) this.feeds[input] = out[output];
    const score = out[this.names.score].data[0];
    this.decide(score, seconds);
    return score;
  }

  decide(score, seconds) {
    const { threshold, clearBelow, onDelaySeconds, offDelaySeconds } = this.limits;
    const counts = this.active ? score < clearBelow * threshold : score > threshold;
    if (!counts) {
      this.since = null;
      return;
    }
    this.since ??= seconds;
    if (seconds - this.since >= (this.active ? offDelaySeconds : onDelaySeconds)) {
      this.active = !this.active;
      this.since = null;
    }
  }
}

module.exports = { open, Watch };
