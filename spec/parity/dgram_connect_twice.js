// connect() of a socket that has a peer, or will have one: thrown, its callback is not kept
const dgram = require('dgram');
const { attempt, log, trace } = require('./prelude');

const socket = trace('socket', dgram.createSocket('udp4'), ['listening', 'connect', 'error', 'close']);
socket.connect(9, '127.0.0.1', () => {
  attempt('connected', () => socket.connect(10, '127.0.0.1', () => log('never')));
  attempt('port', () => socket.connect(0));
  attempt('address', () => socket.connect(9, 5));
  log(socket.remoteAddress().port, socket.listenerCount('connect'));
  socket.close();
  attempt('closed', () => socket.connect(9));
});
attempt('connecting', () => socket.connect(9));
attempt('callback', () => socket.connect(9, '127.0.0.1', () => log('never')));
process.nextTick(() => attempt('tick', () => socket.connect(9)));
