// a socket may send to itself
const dgram = require('dgram');
const { log, trace } = require('./prelude');

const socket = trace('socket', dgram.createSocket('udp4'), ['listening', 'error', 'close']);
let n = 0;
socket.on('message', (message, info) => {
  n += 1;
  log('message', message, info.port === socket.address().port);
  if (n === 3) return socket.close();
  socket.send(`${message}.`, info.port, info.address);
});
socket.bind(0, '127.0.0.1', () => socket.send('me', socket.address().port, '127.0.0.1', (err, bytes) => log('sent', err, bytes)));
