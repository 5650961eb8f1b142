// connect() while bind() waits: after 'listening'
const dgram = require('dgram');
const { attempt, log, trace } = require('./prelude');

const socket = trace('socket', dgram.createSocket('udp4'), ['listening', 'connect', 'error', 'close']);
socket.bind(0, '127.0.0.1', () => {
  log('bound', socket.address().address);
  attempt('remoteAddress', () => socket.remoteAddress());
});
socket.connect(9, () => {
  log('connected', socket.remoteAddress());
  socket.close();
});
attempt('disconnect', () => socket.disconnect());
