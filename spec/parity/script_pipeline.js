// stream.pipeline: all well, a source, a transform or a destination that fails or goes away, lists, wrong arguments
const { pipeline, Readable, Writable, Transform, PassThrough } = require('stream');
const { log, attempt } = require('./prelude');

const source = (...parts) => new Readable({ read() { this.push(parts.length ? parts.shift() : null); } });
const sink = (label, slow) => new Writable({ highWaterMark: 2, write(chunk, e, callback) { log(label, chunk); if (slow) setImmediate(callback); else callback(); } });
const upper = () => new Transform({ transform(chunk, e, callback) { callback(null, chunk.toString().toUpperCase()); } });
const watch = (label, s) => { for (const name of ['end', 'finish', 'error', 'close']) s.on(name, (...args) => log(label, name, ...args)); return s; };
const steps = [
  (next) => {
    const last = sink('sink', true);
    log(pipeline(watch('a', source('one', 'two', 'three')), watch('b', upper()), watch('c', last), (err) => { log('done', err); next(); }) === last);
  },
  (next) => { // source fails
    const a = new Readable({ read() { this.push('x'); this.destroy(new Error('source')); } });
    pipeline(watch('a', a), watch('b', upper()), watch('c', sink('sink')), (err) => { log('done', err); setImmediate(next); });
  },
  (next) => { // transform fails
    const b = new Transform({ transform(chunk, e, callback) { callback(new Error('transform')); } });
    pipeline(watch('a', source('x', 'y')), watch('b', b), watch('c', sink('sink')), (err) => { log('done', err); setImmediate(next); });
  },
  (next) => { // destination fails
    const c = new Writable({ write(chunk, e, callback) { callback(new Error('sink')); } });
    pipeline(watch('a', source('x', 'y')), watch('b', new PassThrough()), watch('c', c), (err) => { log('done', err); setImmediate(next); });
  },
  (next) => { // destination goes away
    const c = watch('c', new Writable({ write() { setImmediate(() => c.destroy()); } }));
    pipeline(watch('a', source('x', 'y')), c, (err) => { log('done', err); setImmediate(next); });
  },
  (next) => { // a list
    pipeline([source('x'), upper(), sink('list')], (err) => { log('done', err); next(); });
  },
  (next) => { // what can be read at the end stays
    const last = new PassThrough();
    pipeline(source('x', 'y'), watch('last', last), (err) => { log('done', err); });
    last.on('data', (chunk) => log('data', chunk)).on('close', next);
  },
  (next) => {
    attempt('one', () => pipeline(source('x'), () => {}));
    attempt('no callback', () => pipeline(source('x'), sink('x')));
    next();
  },
];
const go = (i) => { if (i < steps.length) steps[i](() => setImmediate(go, i + 1)); };
go(0);
