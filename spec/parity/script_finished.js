// stream.finished of every kind of end, of one half, of what has ended already; its cleanup
const { finished, Readable, Writable, Duplex, PassThrough } = require('stream');
const { log, attempt } = require('./prelude');

const works = (chunk, encoding, callback) => callback();
const done = (label, next) => (err) => { log(label, err); setImmediate(next); };
const steps = [
  (next) => { const r = new Readable({ read() { this.push(null); } }); finished(r, done('read', next)); r.resume(); },
  (next) => { const w = new Writable({ write: works }); finished(w, done('written', next)); w.end('x'); },
  (next) => { const r = new Readable({ read() {} }); finished(r, done('premature', next)); r.destroy(); },
  (next) => { const w = new Writable({ write: works }); finished(w, done('error', next)); w.destroy(new Error('bad')); w.on('error', () => {}); },
  (next) => { const d = new PassThrough(); finished(d, { readable: false }, done('one half', next)); d.end('x'); },
  (next) => { const d = new PassThrough(); finished(d, { writable: false }, done('other half', next)); d.resume(); d.end('x'); },
  (next) => { const d = new Duplex({ read() {}, write: works }); const stop = finished(d, () => log('never')); stop(); d.destroy(); d.on('close', () => setImmediate(next)); },
  (next) => { const r = new Readable({ read() { this.push(null); } }); r.resume(); r.on('close', () => finished(r, done('late', next))); },
  (next) => { const w = new Writable({ write: works }); w.on('error', () => {}); w.destroy(new Error('was bad')); w.on('close', () => finished(w, done('late error', next))); },
  (next) => { const r = new Readable({ read() {} }); const c = new AbortController(); finished(r, { signal: c.signal }, (err) => { log(err.name, r.destroyed); next(); }); c.abort(); },
  (next) => {
    attempt('none', () => finished(5, () => {}));
    attempt('callback', () => finished(new PassThrough(), 5));
    next();
  },
];
const go = (i) => { if (i < steps.length) steps[i](() => setImmediate(go, i + 1)); };
go(0);
