// what the world refuses: 'error' once, then 'close'; callbacks of what was written get the error first
const fs = require('fs');
const { log, trace, tmp } = require('./prelude');

const missing = tmp('missing');
const events = ['open', 'ready', 'data', 'end', 'finish', 'close'];
const steps = [
  ['no file', () => fs.createReadStream(missing)],
  ['a folder', () => fs.createReadStream('/')],
  ['no folder', () => fs.createWriteStream(missing + '/x')],
  ['to a folder', () => fs.createWriteStream('/')],
  ['is there', () => fs.createWriteStream('/dev/null', { flags: 'wx' })],
  ['full', () => fs.createWriteStream('/dev/full')],
];
const go = (i) => {
  if (i === steps.length) return;
  const [label, make] = steps[i];
  const stream = make();
  for (const name of events.slice(1)) stream.on(name, (...args) => log(label, name, ...args));
  stream.on('error', (err) => log(label, err, err.errno, err.syscall, err.path, stream.destroyed, stream.errored === err));
  if (stream.write) {
    stream.write('one', (err) => log(label, 'wrote', err));
    stream.write('two', (err) => log(label, 'wrote', err));
    stream.end((err) => log(label, 'ended', err));
  }
  stream.on('close', () => go(i + 1));
};
go(0);
