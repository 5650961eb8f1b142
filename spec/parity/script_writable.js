// Writable: _write synchronous and later, _writev, cork, 'drain', _final, errors of each
const { Writable } = require('stream');
const { log, trace } = require('./prelude');

const events = ['drain', 'prefinish', 'finish', 'error', 'close'];
const cb = (name) => (err) => log('cb', name, err);
const steps = [
  (next) => { // synchronous
    const w = new Writable({ highWaterMark: 3, write(chunk, encoding, callback) { log('write', chunk, encoding); callback(); } });
    trace('sync', w, events).on('close', next);
    log(w.write('abcd', cb(1)), w.writableLength, w.writableNeedDrain);
    log(w.write('e', cb(2)), w.writableLength);
    w.end('f', cb('end'));
    log(w.writableEnded, w.writableFinished);
  },
  (next) => { // later
    const w = new Writable({ highWaterMark: 3, write(chunk, encoding, callback) { log('write', chunk); setImmediate(callback); } });
    trace('later', w, events).on('close', next);
    log(w.write('ab', cb(1)), w.writableLength, w.writableNeedDrain);
    log(w.write('cd', cb(2)), w.writableLength, w.writableNeedDrain);
    w.once('drain', () => { log(w.writableLength); w.write('ef', cb(3)); w.end(cb('end')); w.end(cb('again')); });
  },
  (next) => { // writev and cork
    const w = new Writable({
      write(chunk, encoding, callback) { log('write', chunk); setImmediate(callback); },
      writev(chunks, callback) { log('writev', chunks.map((c) => c.chunk), chunks[0].encoding); callback(); },
    });
    trace('writev', w, events).on('close', next);
    w.write('a', cb(1)); w.write('b', cb(2)); w.write('c', (err) => {
      cb(3)(err);
      setImmediate(more);
    });
    const more = () => {
      w.cork(); w.cork();
      w.write('d', cb(4)); w.write('e', cb(5));
      w.uncork(); log(w.writableCorked, w.writableLength); w.uncork();
      w.cork(); w.write('f'); w.end('g');
    };
  },
  (next) => { // final
    const w = new Writable({ write(c, e, callback) { callback(); }, final(callback) { log('final'); setImmediate(callback); } });
    trace('final', w, events).on('close', next);
    w.end('x', cb('end'));
  },
  (next) => { // final fails
    const w = new Writable({ write(c, e, callback) { callback(); }, final(callback) { callback(new Error('no end')); } });
    trace('final', w, events).on('close', next);
    w.end('x', cb('end'));
  },
  (next) => { // write fails, later
    const w = new Writable({ write(c, e, callback) { setImmediate(() => { callback(new Error('bad')); log(w.destroyed, w.errored); }); } });
    trace('fails', w, events).on('close', next);
    w.write('a', cb(1)); w.write('b', cb(2)); w.end(cb('end'));
  },
  (next) => { // write fails, at once
    const w = new Writable({ write(c, e, callback) { callback(new Error('bad')); } });
    trace('fails', w, events).on('close', next);
    log(w.write('a', cb(1)), w.write('b', cb(2)), w.errored);
  },
  (next) => { // calls back twice
    const w = new Writable({ write(c, e, callback) { callback(); callback(); } });
    trace('twice', w, events).on('close', next);
    w.write('a', cb(1));
  },
  (next) => { // after the end, after destroy
    const w = new Writable({ write(c, e, callback) { callback(); } });
    trace('late', w, events).on('close', () => { w.write('y', cb('destroyed')); w.end(cb('end')); setImmediate(next); });
    w.end();
    log(w.write('x', cb('ended')));
  },
  (next) => { // not destroyed by itself
    const w = new Writable({ autoDestroy: false, write(c, e, callback) { callback(c.toString() === 'b' ? new Error('bad') : null); } });
    trace('kept', w, events);
    w.write('a', cb(1)); w.write('b', cb(2));
    setImmediate(() => { log(w.destroyed, w.errored); w.destroy(); w.on('close', next); });
  },
];
const go = (i) => { if (i < steps.length) steps[i](() => setImmediate(go, i + 1)); };
go(0);
