// send() while connect() waits: it has no peer yet, and wants a port
const dgram = require('dgram');
const { attempt, log, trace } = require('./prelude');

const socket = trace('socket', dgram.createSocket('udp4'), ['listening', 'connect', 'error', 'close']);
socket.connect(9, '127.0.0.1', () => {
  attempt('now', () => socket.send('x', 9));
  socket.close();
});
attempt('message', () => socket.send('x'));
attempt('message, callback', () => socket.send('x', () => log('never')));
attempt('offset, length', () => socket.send('x', 0, 1));
attempt('remoteAddress', () => socket.remoteAddress());
