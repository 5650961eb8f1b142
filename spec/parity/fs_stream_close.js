// close() and its callback, autoClose and emitClose, descriptors that are given
const fs = require('fs');
const { log, tmp } = require('./prelude');

const path = tmp('file');
fs.writeFileSync(path, 'hello');
const trace = (label, s) => {
  for (const name of ['ready', 'data', 'end', 'finish', 'error', 'close']) s.on(name, (...args) => log(label, name, ...args));
  s.on('open', () => log(label, 'open'));
  return s;
};
const steps = [
  (next) => { const s = trace('read', fs.createReadStream(path)); s.close((e) => log('read closed', e)); s.on('close', next); },
  (next) => {
    const s = trace('read ended', fs.createReadStream(path));
    s.on('end', () => s.close((e) => log('read closed', e)));
    s.on('close', next);
  },
  (next) => { const s = trace('write', fs.createWriteStream(path)); s.write('x'); s.close((e) => { log('closed', e); s.close(() => { log('again'); next(); }); }); },
  (next) => {
    const s = trace('kept', fs.createReadStream(path, { autoClose: false }));
    s.on('end', () => setImmediate(() => { log('kept', s.destroyed, s.autoClose, s.pending); s.destroy(); }));
    s.on('close', next);
  },
  (next) => {
    const s = trace('write kept', fs.createWriteStream(path, { autoClose: false }));
    s.end('y');
    s.on('finish', () => setImmediate(() => { log('write kept', s.destroyed, s.pending); s.close(next); }));
  },
  (next) => {
    const s = trace('silent', fs.createReadStream(path, { emitClose: false }));
    s.on('end', () => setTimeout(() => { log('silent', s.destroyed, s.closed); next(); }, 50));
  },
  (next) => {
    const s = trace('fd', fs.createReadStream(null, { fd: fs.openSync(path) }));
    log('fd', s.pending, s.path);
    s.on('close', next);
  },
  (next) => {
    const s = trace('missing, kept', fs.createReadStream(path + 'x', { autoClose: false }));
    s.on('error', () => setImmediate(() => { log(s.destroyed, s.closed); next(); }));
  },
];
const go = (i) => { if (i === steps.length) fs.unlinkSync(path); else steps[i](() => setImmediate(go, i + 1)); };
go(0);
