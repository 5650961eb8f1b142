// Readable: when _read is called, pushes inside it and later, the end, 'readable' and read()
const { Readable } = require('stream');
const { log, trace } = require('./prelude');

const events = ['pause', 'resume', 'end', 'error', 'close'];
const steps = [
  (next) => { // synchronous
    let n = 0;
    const r = new Readable({ highWaterMark: 10, read(size) { log('read', size, this.readableLength); this.push(++n > 4 ? null : 'chunk' + n); } });
    log(r.readableFlowing, r.readableLength, r.readableHighWaterMark, r.readable, r.destroyed);
    trace('sync', r, events).on('data', (chunk) => log('data', chunk, r.readableLength));
    r.on('close', () => { log(r.readableEnded, r.readable, r.destroyed, r.closed); next(); });
  },
  (next) => { // later
    let n = 0;
    const r = new Readable({ read() { log('read'); setImmediate(() => log('push', this.push(++n > 3 ? null : 'chunk' + n))); } });
    trace('later', r, events).on('data', (chunk) => log('data', chunk));
    r.on('close', next);
  },
  (next) => { // before anybody asks
    const r = new Readable({ read() { log('read'); } });
    log(r.push('one'), r.push(''), r.push('two'), r.readableLength);
    log(r.push(null));
    trace('before', r, events);
    setImmediate(() => r.on('data', (chunk) => log('data', chunk)).on('close', next));
  },
  (next) => { // 'readable'
    let n = 0;
    const r = new Readable({ highWaterMark: 4, read() { log('read'); this.push(++n > 3 ? null : 'ab' + n); } });
    trace('readable', r, events).on('readable', () => {
      let chunk;
      log('readable', r.readableLength);
      while ((chunk = r.read(2)) !== null) log('took', chunk);
    });
    r.on('close', next);
  },
  (next) => { // paused in the middle, unshift, setEncoding
    let n = 0;
    const r = new Readable({ encoding: 'utf8', read() { this.push(++n > 3 ? null : Buffer.from([0xc3])); if (n < 4) this.push(Buffer.from([0xa9])); } });
    trace('encoded', r, events).on('data', (chunk) => {
      log('data', chunk);
      r.pause();
      if (n < 3) r.unshift('<');
      setImmediate(() => r.destroyed || r.resume());
    });
    r.on('close', next);
  },
  (next) => { // nobody reads
    const r = new Readable({ highWaterMark: 3, read() { log('read'); this.push('xy'); } });
    trace('paused', r, events);
    log(r.read(0), r.readableLength);
    setImmediate(() => { log(r.readableLength, r.read(), r.readableLength); setImmediate(() => { log(r.readableLength); r.destroy(); r.on('close', next); }); });
  },
];
const go = (i) => { if (i < steps.length) steps[i](() => setImmediate(go, i + 1)); };
go(0);
