// Duplex, Transform and PassThrough: both halves, flush, what callbacks bring, back-pressure, errors
const { Duplex, Transform, PassThrough } = require('stream');
const { log, trace } = require('./prelude');

const events = ['drain', 'prefinish', 'finish', 'end', 'error', 'close'];
const cb = (name) => (err) => log('cb', name, err);
const steps = [
  (next) => {
    const t = new Transform({ transform(chunk, encoding, callback) { log('transform', chunk, encoding); callback(null, chunk.toString().toUpperCase()); } });
    trace('upper', t, events).on('close', next).on('data', (chunk) => log('data', chunk));
    log(t.write('a', cb(1)), t.write('b', cb(2)), t.readableLength, t.writableLength);
    t.end('c', cb('end'));
  },
  (next) => {
    const t = new Transform({
      transform(chunk, e, callback) { this.push('<'); this.push(chunk); setImmediate(callback, null, '>'); },
      flush(callback) { log('flush', this.readableLength); setImmediate(callback, null, 'end'); },
    });
    trace('later', t, events).on('close', next).on('data', (chunk) => log('data', chunk));
    t.write('a'); t.end('b');
  },
  (next) => { // nobody reads: written until both are full
    const t = new PassThrough({ highWaterMark: 4 });
    trace('full', t, events).on('close', next);
    log(t.write('abc', cb(1)), t.write('def', cb(2)), t.write('ghi', cb(3)));
    setTimeout(() => {
      log(t.readableLength, t.writableLength, t.writableNeedDrain);
      log(t.read());
      setTimeout(() => { log(t.readableLength, t.writableLength); t.end(); t.on('data', (chunk) => log('data', chunk)); }, 20);
    }, 20);
  },
  (next) => { // errors
    const t = new Transform({ transform(chunk, e, callback) { callback(new Error('bad')); } });
    trace('error', t, events).on('close', next).resume();
    t.write('a', cb(1)); t.end(cb('end'));
  },
  (next) => {
    const t = new Transform({ transform(chunk, e, callback) { callback(); }, flush(callback) { callback(new Error('flush')); } });
    trace('flush error', t, events).on('close', next).resume();
    t.end('a', cb('end'));
  },
  (next) => { // Duplex: the halves are independent
    const d = new Duplex({
      read() { log('read'); this.push('x'); this.push(null); },
      write(chunk, e, callback) { log('write', chunk); callback(); },
    });
    trace('duplex', d, events).on('close', next).on('data', (chunk) => log('data', chunk));
    log(d.allowHalfOpen, d.readable, d.writable);
    d.on('end', () => setImmediate(() => { log(d.writable, d.destroyed); d.end('y'); }));
  },
  (next) => {
    const d = new Duplex({ allowHalfOpen: false, read() { this.push(null); }, write(chunk, e, callback) { callback(); } });
    trace('closed', d, events).on('close', next).resume();
  },
  (next) => {
    const d = new Duplex({ readable: false, write(chunk, e, callback) { callback(); } });
    trace('one half', d, events).on('close', next);
    log(d.readable, d.writable);
    d.end();
  },
];
const go = (i) => { if (i < steps.length) steps[i](() => setImmediate(go, i + 1)); };
go(0);
