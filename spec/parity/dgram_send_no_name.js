// a name that is not known: the callback, without one 'error'
const dgram = require('dgram');
const { log, trace } = require('./prelude');

const socket = trace('socket', dgram.createSocket('udp4'), ['listening', 'error', 'close']);
socket.send('x', 9, 'no..name', (err, bytes) => {
  log(err, bytes, err.code, err.errno, err.syscall, err.hostname);
  socket.once('error', (second) => {
    log(second.code, second.hostname, socket.address().port > 0);
    socket.close();
  });
  socket.send('x', 9, 'no..name');
});
