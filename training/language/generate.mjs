// Greedy decoding of an exported graph with ONNX Runtime, one prompt after the other.
//
//   ONNXRUNTIME_NODE=<a folder where "npm install onnxruntime-node" ran> node generate.mjs MODEL JOBS.json OUT.json
//
// JOBS: {layers, kvHeads, headSize, end, maxNewTokens, prompts: [[id, ...], ...], logitsFor: n}
// OUT:  {answers: [[id, ...], ...], logits: [[...one row per decoded token of the first n prompts]], seconds, tokens,
//       memoryMB: resident memory that the session and its runs added}
import { createRequire } from 'node:module';
import { readFileSync, writeFileSync } from 'node:fs';
import { resolve } from 'node:path';

const [modelFile, jobsFile, outFile] = process.argv.slice(2);
const require = createRequire(resolve(process.env.ONNXRUNTIME_NODE ?? '.', 'package.json'));
const ort = require('onnxruntime-node');
const jobs = JSON.parse(readFileSync(jobsFile, 'utf8'));
const before = process.memoryUsage().rss;
const session = await ort.InferenceSession.create(modelFile, { intraOpNumThreads: 1, graphOptimizationLevel: 'all' });

const int64 = (values) => new ort.Tensor('int64', BigInt64Array.from(values, BigInt), [1, values.length]);

function emptyCache() {
  const cache = {};
  for (let layer = 0; layer < jobs.layers; layer++)
    for (const part of ['key', 'value'])
      cache[`past_key_values.${layer}.${part}`] =
        new ort.Tensor('float32', new Float32Array(0), [1, jobs.kvHeads, 0, jobs.headSize]);
  return cache;
}

function argmax(values) {
  let best = 0;
  for (let i = 1; i < values.length; i++) if (values[i] > values[best]) best = i;
  return best;
}

async function generate(prompt, rows) {
  let cache = emptyCache();
  let next = prompt;
  let length = 0;
  const answer = [];
  while (answer.length < jobs.maxNewTokens) {
    length += next.length;
    const feeds = { input_ids: int64(next), attention_mask: int64(Array(length).fill(1)), ...cache };
    const outputs = await session.run(feeds);
    rows?.push(Array.from(outputs.logits.data));
    const token = argmax(outputs.logits.data);
    if (token === jobs.end) break;
    answer.push(token);
    next = [token];
    cache = {};
    for (const name of Object.keys(outputs))
      if (name.startsWith('present.')) cache[name.replace('present.', 'past_key_values.')] = outputs[name];
  }
  return answer;
}

const answers = [];
const logits = [];
const began = performance.now();
for (const [i, prompt] of jobs.prompts.entries()) {
  const rows = i < jobs.logitsFor ? [] : undefined;
  answers.push(await generate(prompt, rows));
  if (rows) logits.push(rows);
}
const seconds = (performance.now() - began) / 1000;
const memoryMB = (process.memoryUsage().rss - before) / 1e6;
const tokens = answers.reduce((sum, answer) => sum + answer.length, 0);
writeFileSync(outFile, JSON.stringify({ answers, logits, seconds, tokens, memoryMB }));
