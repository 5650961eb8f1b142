// pipes of streams written by hand: between them, to and from sockets, several destinations, errors, unpipe inside write
const net = require('net');
const { Readable, Writable, Transform } = require('stream');
const { log } = require('./prelude');

const source = (...parts) => new Readable({ read() { this.push(parts.length ? parts.shift() : null); } });
const watch = (label, s) => { for (const name of ['pipe', 'unpipe', 'end', 'finish', 'error', 'close']) s.on(name, (arg) => log(label, name, arg instanceof Error ? arg : '')); return s; };
const sink = (label, slow) => new Writable({ highWaterMark: 2, write(chunk, e, callback) { log(label, chunk); if (slow) setImmediate(callback); else callback(); } });
const steps = [
  (next) => { watch('a', source('one', 'two', 'three')).pipe(watch('b', sink('slow', true))).on('close', next); },
  (next) => { // the slowest governs
    const a = source('one', 'two', 'three');
    const slow = sink('slow', true);
    a.pipe(sink('fast'));
    a.pipe(slow).on('close', next);
    a.on('end', () => log('end'));
  },
  (next) => { // a destination that fails
    const a = watch('a', source('one', 'two'));
    const bad = watch('bad', new Writable({ write(chunk, e, callback) { callback(new Error('bad')); } }));
    a.pipe(bad);
    bad.on('close', () => setImmediate(() => { log(a.destroyed, a.readableFlowing); a.destroy(); a.on('close', next); }));
  },
  (next) => { // unpiped while it writes
    const a = watch('a', source('one', 'two'));
    const b = watch('b', new Writable({ write(chunk, e, callback) { log('b', chunk); a.unpipe(b); callback(); } }));
    a.pipe(b);
    a.pipe(watch('c', sink('c'))).on('close', () => { log(b.writableEnded); next(); });
  },
  (next) => { // through sockets
    const upper = () => new Transform({ transform(chunk, e, callback) { callback(null, chunk.toString().toUpperCase()); } });
    const server = net.createServer((peer) => { peer.pipe(upper()).pipe(peer); server.close(); });
    server.listen(0, '127.0.0.1', () => {
      const client = net.connect(server.address().port, '127.0.0.1');
      let heard = '';
      source('hello, ', 'world').pipe(client).pipe(new Writable({ write(chunk, e, callback) { heard += chunk; callback(); } })).on('close', () => { log(heard); next(); });
    });
  },
];
const go = (i) => { if (i < steps.length) steps[i](() => setImmediate(go, i + 1)); };
go(0);
