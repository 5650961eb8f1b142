// wrong arguments are thrown
const fs = require('fs');
const { attempt } = require('./prelude');

for (const make of [fs.createReadStream, fs.createWriteStream]) {
  attempt('number', () => make(5));
  attempt('options', () => make('/dev/null', 5));
  attempt('start', () => make('/dev/null', { start: 'x' }));
  attempt('negative', () => make('/dev/null', { start: -1 }));
  attempt('fraction', () => make('/dev/null', { start: 1.5 }));
  attempt('fd', () => make(null, { fd: -1 }));
  attempt('encoding', () => make('/dev/null', { encoding: 'klingon' }));
  attempt('signal', () => make('/dev/null', { signal: 5 }));
  attempt('mark', () => make('/dev/null', { highWaterMark: -1 }));
}
attempt('end', () => fs.createReadStream('/dev/null', { end: 'x' }));
attempt('order', () => fs.createReadStream('/dev/null', { start: 5, end: 3 }));
