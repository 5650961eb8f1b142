// construct, destroy and the errors of each; autoDestroy, emitClose, push after the end, what is not implemented
const { Readable, Writable, Duplex } = require('stream');
const { log, trace, attempt } = require('./prelude');

const events = ['data', 'end', 'finish', 'error', 'close'];
const cb = (name) => (err) => log('cb', name, err);
const works = (chunk, encoding, callback) => callback();
const steps = [
  (next) => { // constructed later
    const w = new Writable({ construct(callback) { log('construct'); setImmediate(() => { callback(); log('constructed'); }); },
      write(chunk, e, callback) { log('write', chunk); callback(); } });
    trace('construct', w, events).on('close', next);
    log(w.write('a', cb(1)), w.writableLength);
    w.end('b', cb('end'));
  },
  (next) => {
    const r = new Readable({ construct(callback) { log('construct'); setImmediate(callback); }, read() { log('read'); this.push('x'); this.push(null); } });
    trace('construct', r, events).on('close', next);
  },
  (next) => { // construct fails
    const w = new Writable({ construct(callback) { callback(new Error('no')); }, write: works, destroy(err, callback) { log('destroy', err); callback(err); } });
    trace('no construct', w, events).on('close', next);
    w.write('a', cb(1));
  },
  (next) => { // destroyed before it is constructed
    const w = new Writable({ construct(callback) { log('construct'); setImmediate(callback); }, write: works, destroy(err, callback) { log('destroy', err); callback(err); } });
    trace('early', w, events).on('close', next);
    w.write('a', cb(1));
    w.destroy(new Error('early'));
    log(w.destroyed, w.closed);
  },
  (next) => { // _destroy
    const d = new Duplex({ read() {}, write: works, destroy(err, callback) { log('destroy', err, this.destroyed, this.closed); setImmediate(() => { log('now'); callback(err); }); } });
    trace('destroy', d, events).on('close', () => { log(d.destroyed, d.closed, d.errored); next(); });
    log(d.destroy(new Error('enough')) === d, d.destroyed, d.closed);
    d.destroy(new Error('again'));
    log(d.push('late'), d.write('late', cb('late')));
  },
  (next) => { // _destroy keeps the error, has another, throws
    const r = new Readable({ read() {}, destroy(err, callback) { callback(); } });
    trace('kept', r, events).on('close', next);
    r.destroy(new Error('kept'));
  },
  (next) => {
    const r = new Readable({ read() {}, destroy(err, callback) { callback(new Error('other')); } });
    trace('other', r, events).on('close', next);
    r.destroy();
  },
  (next) => {
    const r = new Readable({ read() {}, destroy() { throw new Error('thrown'); } });
    trace('thrown', r, events).on('close', next);
    r.destroy();
  },
  (next) => { // _read throws
    const r = new Readable({ read() { throw new Error('read'); } });
    trace('read throws', r, events).on('close', next);
  },
  (next) => { // not implemented
    const r = new Readable();
    trace('none', r, events).on('close', next);
    attempt('write', () => new Writable().write('x'));
  },
  (next) => { // push after the end, unshift after 'end'
    const r = new Readable({ read() {} });
    r.push('a'); r.push(null); log(r.push('b'));
    trace('after', r, events).on('close', next);
  },
  (next) => { // silent
    const r = new Readable({ emitClose: false, read() { this.push(null); } });
    trace('silent', r, events).on('end', () => setImmediate(() => { log(r.destroyed, r.closed); next(); }));
  },
  (next) => { // kept
    const r = new Readable({ autoDestroy: false, read() { this.push(null); } });
    trace('kept', r, events).on('end', () => setImmediate(() => { log(r.destroyed, r.closed); next(); }));
  },
  (next) => { // pipe of what cannot be read
    const w = new Writable({ write: works });
    trace('pipe', w, events).on('close', next);
    w.pipe(w);
  },
];
const go = (i) => { if (i < steps.length) steps[i](() => setImmediate(go, i + 1)); };
go(0);
