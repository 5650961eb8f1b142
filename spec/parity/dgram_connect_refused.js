// a peer that nobody is bound to: 'error' of the receiving side, and the socket goes on
const dgram = require('dgram');
const { log, trace } = require('./prelude');

const socket = trace('socket', dgram.createSocket('udp4'), ['connect', 'error', 'close']);
let times = 0;
socket.on('error', (err) => {
  log(err.name, err.code, err.errno, err.syscall, err.address, err.port);
  times += 1;
  if (times === 1) socket.send('again', (second, bytes) => log('sent', second, bytes));
  else socket.close();
});
socket.connect(1, '127.0.0.1', () => {
  socket.send('x', (err, bytes) => log('sent', err, bytes, socket.remoteAddress().port));
});
