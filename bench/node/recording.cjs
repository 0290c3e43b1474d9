// Reads a recording line by line: the header says where each channel's column is.
const fs = require('fs');
const readline = require('readline');

const LONGEST_STEP_SECONDS = 3600;

// "2020-03-01 15:44:06" or ISO 8601 -> seconds; without an offset it is UTC.
const secondsOf = (text) => Date.parse(/(Z|[+-]\d\d:\d\d)$/.test(text) ? text : `${text}Z`) / 1000;

// columns: the header's name of each slot, null for a slot that nothing fills: it stays 0. Yields { values, seconds }, one
// object that the next row reuses. Where a time cannot be read, or leaps, the step counts as one second.
async function* rowsOf(file, columns) {
  const lines = readline.createInterface({ input: fs.createReadStream(file), crlfDelay: Infinity });
  let delimiter;
  let at;
  let time;
  let recorded = NaN;
  let seconds = 0;
  const row = { values: new Float32Array(columns.length), seconds: 0 };
  for await (const line of lines) {
    if (at === undefined) {
      delimiter = line.includes(';') ? ';' : ',';
      const names = line.split(delimiter);
      at = columns.map((name) => (name === null ? null : names.indexOf(name)));
      time = names.findIndex((name) => ['datetime', 'timestamp', 'time'].includes(name.toLowerCase()));
      if (at.includes(-1)) throw new Error(`${file}: a column of ${columns.join(', ')} is missing`);
      continue;
    }
    if (line === '') continue;
    const cells = line.split(delimiter);
    for (let i = 0; i < at.length; i++) {
      if (at[i] !== null) row.values[i] = Number(cells[at[i]]);
    }
    const now = secondsOf(cells[time]);
    const step = now - recorded;
    seconds += step > 0 && step <= LONGEST_STEP_SECONDS ? step : 1;
    recorded = now;
    row.seconds = seconds;
    yield row;
  }
}

module.exports = { rowsOf };
