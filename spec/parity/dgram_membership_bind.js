// bind() after addMembership() has bound: 'error' EINVAL
const dgram = require('dgram');
const { log, trace } = require('./prelude');

const socket = trace('socket', dgram.createSocket('udp4'), ['listening', 'error', 'close']);
socket.addMembership('239.1.2.3', '127.0.0.1');
const port = socket.address().port;
socket.once('error', (err) => {
  log(err.code, err.syscall, err.address, err.port, socket.address().port === port);
  socket.close();
});
socket.bind(0, () => log('never'));
