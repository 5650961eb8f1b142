// the signal aborts in every callback: what is told afterwards, and once only
const dgram = require('dgram');
const { attempt, log, trace } = require('./prelude');

const lookup = (host, family, done) => {
  if (!host.endsWith('.name')) return process.nextTick(done, null, host, family);
  setImmediate(done, null, '127.0.0.1', 4);
};
const moments = [
  ['listening', (socket, abort) => socket.bind(0, '127.0.0.1', abort)],
  ['message', (socket, abort) => {
    socket.on('message', abort);
    socket.bind(0, '127.0.0.1', () => socket.send('x', socket.address().port, '127.0.0.1'));
  }],
  ['sent', (socket, abort) => socket.bind(0, '127.0.0.1', () => socket.send('x', 9, '127.0.0.1', abort))],
  ['connect called', (socket, abort) => {
    socket.connect(9, '127.0.0.1', () => log('never'));
    abort();
  }],
  ['connect', (socket, abort) => socket.connect(9, '127.0.0.1', abort)],
  ['connect looks up', (socket, abort) => socket.bind(0, '127.0.0.1', () => {
    socket.connect(9, 'a.name', () => log('never'));
    abort();
  })],
  ['bind looks up', (socket, abort) => {
    socket.bind(0, 'a.name', () => log('never'));
    abort();
  }],
  ['error', (socket, abort) => socket.on('error', abort).bind(0, '203.0.113.1')],
  ['closed', (socket, abort) => {
    socket.close();
    abort();
  }],
  ['close', (socket, abort) => socket.on('close', abort).close()],
];
const next = () => {
  if (moments.length === 0) return;
  const [label, begin] = moments.shift();
  const controller = new AbortController();
  const socket = trace(label, dgram.createSocket({ type: 'udp4', lookup: lookup, signal: controller.signal }),
    ['listening', 'connect', 'close']);
  socket.on('close', () => setImmediate(() => setImmediate(next)));
  begin(socket, () => {
    attempt(`${label} aborts`, () => controller.abort());
    attempt('again', () => controller.abort());
    if (label === 'connect called') return; // Node closes it later: see dgram_deviation_spec
    attempt('closed', () => socket.bind(0));
  });
};
next();
