// pipes between files and sockets: whole, without end, with a destination or a source that goes away. Each stream's
// events are in order; those of two are not, as threads end when they like: they are shown one stream after the other.
const fs = require('fs');
const net = require('net');
const { log, tmp } = require('./prelude');

const from = tmp('from');
const to = tmp('to');
fs.writeFileSync(from, 'x'.repeat(300000));
let told = {};
const trace = (label, s) => {
  told[label] = [];
  for (const name of ['end', 'finish', 'error', 'close', 'pipe', 'unpipe']) {
    s.on(name, (arg) => told[label].push([label, name, ...(arg instanceof Error ? [arg] : [])]));
  }
  return s;
};
const closed = (streams, f) => {
  let open = streams.length;
  for (const s of streams) s.on('close', () => { if (--open === 0) setImmediate(f); });
};
const show = (next) => {
  for (const label of Object.keys(told).sort()) for (const line of told[label]) log(...line);
  told = {};
  next();
};
const size = () => fs.statSync(to).size;
const steps = [
  (next) => {
    const w = trace('to', fs.createWriteStream(to));
    const r = trace('from', fs.createReadStream(from));
    log('returns', r.pipe(w) === w);
    closed([r, w], () => { log(size(), w.bytesWritten); show(next); });
  },
  (next) => {
    const w = trace('open end', fs.createWriteStream(to));
    const r = trace('from', fs.createReadStream(from, { end: 9 }));
    r.pipe(w, { end: false });
    r.on('end', () => setImmediate(() => { log(w.writableEnded, w.destroyed); w.end('more'); }));
    closed([r, w], () => { log(size()); show(next); });
  },
  (next) => {
    const w = trace('gone', fs.createWriteStream(to));
    const r = trace('from', fs.createReadStream(from));
    r.pipe(w);
    w.on('ready', () => w.destroy());
    w.on('close', () => setImmediate(() => { log(r.destroyed, r.readableFlowing); r.destroy(); }));
    closed([r, w], () => show(next));
  },
  (next) => {
    const w = trace('full', fs.createWriteStream('/dev/full'));
    const r = trace('from', fs.createReadStream(from));
    r.pipe(w);
    w.on('close', () => setImmediate(() => { log(r.destroyed, r.readableFlowing); r.destroy(); }));
    closed([r, w], () => show(next));
  },
  (next) => {
    const w = trace('kept open', fs.createWriteStream(to));
    const r = trace('missing', fs.createReadStream(from + 'x'));
    r.pipe(w);
    r.on('close', () => setImmediate(() => { log(w.destroyed, w.writableEnded); w.end(); }));
    closed([r, w], () => show(next));
  },
  (next) => {
    let n = 0;
    const server = net.createServer((peer) => {
      const w = trace('file', fs.createWriteStream(to));
      peer.pipe(w);
      server.close();
      closed([w, peer, server], () => { log(size(), n); show(next); });
    }).listen(0, '127.0.0.1', () => {
      const client = net.connect(server.address().port, '127.0.0.1');
      const r = fs.createReadStream(from);
      r.on('data', (chunk) => { n += chunk.length; });
      r.pipe(client);
    });
  },
];
const go = (i) => { if (i < steps.length) steps[i](() => setImmediate(go, i + 1)); else { fs.unlinkSync(from); fs.unlinkSync(to); } };
go(0);
