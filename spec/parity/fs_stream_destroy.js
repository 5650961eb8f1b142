// destroyed before it is open, while it reads, while it writes; with an error and without
const fs = require('fs');
const { log, tmp } = require('./prelude');

const path = tmp('file');
fs.writeFileSync(path, 'x'.repeat(200000));
const events = ['ready', 'end', 'finish', 'error', 'close'];
const steps = [
  ['read, at once', () => fs.createReadStream(path).destroy()],
  ['read, at once, error', () => fs.createReadStream(path).destroy(new Error('enough'))],
  ['read, no file', () => fs.createReadStream(path + 'x').destroy()],
  ['read, in open', () => { const s = fs.createReadStream(path); s.on('open', () => s.destroy()); return s; }],
  ['read, in data', () => { const s = fs.createReadStream(path); s.on('data', () => s.destroy(new Error('enough'))); return s; }],
  ['read, twice', () => fs.createReadStream(path).destroy().destroy(new Error('late'))],
  ['write, at once', () => { const s = fs.createWriteStream('/dev/null'); s.write('a', (e) => log('cb', e)); s.end((e) => log('end cb', e)); return s.destroy(); }],
  ['write, error', () => { const s = fs.createWriteStream('/dev/null'); s.write('a', (e) => log('cb', e)); return s.destroy(new Error('enough')); }],
  ['write, under way', () => {
    const s = fs.createWriteStream('/dev/null');
    s.on('ready', () => {
      s.write('a', (e) => log('first', e));
      s.write('b', (e) => log('second', e));
      s.destroy();
      log('after', s.write('c', (e) => log('third', e)));
    });
    return s;
  }],
];
const go = (i) => {
  if (i === steps.length) return fs.unlinkSync(path);
  const [label, make] = steps[i];
  const stream = make();
  log(label, stream.destroyed, stream.closed);
  for (const name of events) stream.on(name, (...args) => log(label, name, ...args));
  stream.on('open', () => log(label, 'open'));
  stream.on('close', () => setImmediate(go, i + 1));
};
go(0);
