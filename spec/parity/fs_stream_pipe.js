// pipes between files and sockets: whole, without end, unpiped, with a destination or a source that goes away
const fs = require('fs');
const net = require('net');
const { log, tmp } = require('./prelude');

const from = tmp('from');
const to = tmp('to');
fs.writeFileSync(from, 'x'.repeat(300000));
const trace = (label, s) => {
  for (const name of ['end', 'finish', 'error', 'close']) s.on(name, (...args) => log(label, name, ...args));
  s.on('pipe', () => log(label, 'pipe'));
  s.on('unpipe', () => log(label, 'unpipe'));
  return s;
};
const size = () => fs.statSync(to).size;
const steps = [
  (next) => {
    const w = trace('to', fs.createWriteStream(to));
    log('returns', trace('from', fs.createReadStream(from)).pipe(w) === w);
    setTimeout(() => { log(size(), w.bytesWritten); next(); }, 200);
  },
  (next) => {
    const w = trace('open end', fs.createWriteStream(to));
    const r = trace('from', fs.createReadStream(from, { end: 9 }));
    r.pipe(w, { end: false });
    r.on('end', () => setImmediate(() => { log(w.writableEnded, w.destroyed); w.end('more'); }));
    w.on('close', () => { log(size()); next(); });
  },
  (next) => {
    const w = trace('gone', fs.createWriteStream(to));
    const r = trace('from', fs.createReadStream(from));
    r.pipe(w);
    w.on('ready', () => w.destroy());
    w.on('close', () => setTimeout(() => { log(r.destroyed, r.readableFlowing); r.destroy(); r.on('close', next); }, 50));
  },
  (next) => {
    const w = trace('full', fs.createWriteStream('/dev/full'));
    const r = trace('from', fs.createReadStream(from));
    r.pipe(w);
    w.on('close', () => setTimeout(() => { log(r.destroyed, r.readableFlowing); r.destroy(); r.on('close', next); }, 50));
  },
  (next) => {
    const w = trace('kept open', fs.createWriteStream(to));
    const r = trace('missing', fs.createReadStream(from + 'x'));
    r.pipe(w);
    r.on('close', () => setTimeout(() => { log(w.destroyed, w.writableEnded); w.end(); w.on('close', next); }, 50));
  },
  (next) => {
    let n = 0;
    const server = net.createServer((peer) => {
      peer.pipe(trace('file', fs.createWriteStream(to)).on('close', () => {
        log(size(), n);
        server.close();
        next();
      }));
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
