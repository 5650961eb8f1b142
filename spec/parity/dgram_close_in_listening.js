// close() in 'listening': the listeners of that event still run, then 'close'
const dgram = require('dgram');
const { attempt, log, trace } = require('./prelude');

const socket = dgram.createSocket('udp4');
socket.on('listening', () => {
  log('first');
  socket.close(() => log('callback of close'));
});
trace('socket', socket, ['listening', 'error', 'close']);
socket.bind(0, () => {
  log('callback of bind');
  attempt('address', () => socket.address());
});
