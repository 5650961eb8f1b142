// readableAborted, writableAborted, readableDidRead, addAbortSignal: of sockets, files and streams written by hand
const fs = require('fs');
const net = require('net');
const { Readable, Writable, PassThrough, addAbortSignal } = require('stream');
const { log, attempt } = require('./prelude');

// (Node 20's Duplex has lost its writableAborted.)
const show = (label, s) => log(label, s.readableAborted, s.readableDidRead, s.readableAborted !== undefined && s.write ? '-' : s.writableAborted, s.destroyed);
const steps = [
  (next) => { // a whole life, and one cut short
    const file = fs.createReadStream('/etc/passwd', { end: 9 });
    show('fresh', file);
    file.on('data', () => show('data', file)).on('end', () => show('end', file)).on('close', () => {
      show('close', file);
      const other = fs.createReadStream('/etc/passwd');
      other.on('open', () => { other.destroy(); show('destroyed', other); });
      other.on('close', () => { show('close', other); next(); });
    });
  },
  (next) => { // writing
    const sink = fs.createWriteStream('/dev/null');
    show('fresh', sink);
    sink.end('x', () => show('finish', sink));
    sink.on('close', () => {
      show('close', sink);
      const other = new Writable({ write(chunk, e, callback) { callback(new Error('bad')); } });
      other.on('error', () => show('error', other)).on('close', next);
      other.write('x');
      show('written', other);
    });
  },
  (next) => { // read(), unshift, setEncoding
    const both = new PassThrough();
    both.write('one');
    both.setEncoding('utf8');
    show('buffered', both);
    log(both.read(0), both.readableDidRead);
    log(both.read(), both.readableDidRead);
    both.unshift('two');
    both.on('close', next);
    both.destroy();
    show('destroyed', both);
  },
  (next) => { // a pipe
    const from = new Readable({ read() { this.push('x'); this.push(null); } });
    const to = new Writable({ write(chunk, e, callback) { callback(); } });
    from.pipe(to).on('close', () => { show('from', from); show('to', to); next(); });
  },
  (next) => { // a socket
    const server = net.createServer((peer) => { peer.end('bye'); server.close(); });
    server.listen(0, '127.0.0.1', () => {
      const socket = net.connect(server.address().port, '127.0.0.1');
      socket.on('data', () => { show('socket', socket); socket.destroy(); show('socket', socket); });
      socket.on('close', next);
    });
  },
  (next) => { // signals
    const controller = new AbortController();
    const late = new Readable({ read() { } });
    log(addAbortSignal(controller.signal, late) === late);
    late.on('error', (err) => { log(err, err.cause === controller.signal.reason); show('late', late); });
    late.on('close', () => {
      const gone = new Writable({ write() { } });
      gone.on('error', (err) => log(err, err.cause)).on('close', next);
      addAbortSignal(AbortSignal.abort('why'), gone);
      show('gone', gone);
    });
    controller.abort();
    show('aborted', late);
  },
  () => { // nothing comes of a signal when the stream has closed
    const controller = new AbortController();
    const over = new Writable({ write(chunk, e, callback) { callback(); } });
    addAbortSignal(controller.signal, over);
    over.end();
    over.on('close', () => { controller.abort(); log(over.errored); });
    attempt('signal', () => addAbortSignal(5, over));
  },
];
const go = (i) => { if (i < steps.length) steps[i](() => setImmediate(go, i + 1)); };
go(0);
