// Runs the package's golden self-test through the real ONNX Runtime.
//   NODE_PATH=DIR/node_modules node training/check_graphs.cjs PACKAGE
// DIR is where `npm install --ignore-scripts onnxruntime-node` was run.
const fs = require('fs');
const path = require('path');
const ort = require('onnxruntime-node');

async function main(folder) {
  const manifest = JSON.parse(fs.readFileSync(path.join(folder, 'manifest.json'), 'utf8'));
  const { file, relativeTolerance, absoluteTolerance } = manifest.selfTest;
  const golden = JSON.parse(fs.readFileSync(path.join(folder, file), 'utf8'));
  let failed = 0;
  for (const { graph, inputs, outputs } of golden.cases) {
    const session = await ort.InferenceSession.create(path.join(folder, graph), { intraOpNumThreads: 1 });
    const feeds = {};
    for (const [name, { shape, data }] of Object.entries(inputs)) {
      feeds[name] = new ort.Tensor('float32', Float32Array.from(data), shape);
    }
    const result = await session.run(feeds);
    for (const [name, { shape, data }] of Object.entries(outputs)) {
      const got = result[name];
      let worst = 0;
      let ok = got.dims.join() === shape.join();
      data.forEach((want, i) => {
        const difference = Math.abs(got.data[i] - want);
        worst = Math.max(worst, difference);
        ok &&= difference <= absoluteTolerance + relativeTolerance * Math.abs(want);
      });
      failed += !ok;
      console.log(`${ok ? 'ok  ' : 'FAIL'} ${graph} ${name} max difference ${worst.toExponential(2)}`);
    }
  }
  process.exitCode = failed ? 1 : 0;
}

main(process.argv[2]);
