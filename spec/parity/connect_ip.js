// connect to an IP address: every event in order, the callback is a 'connect' listener like any other
const net = require('net');
const { log, mask, trace } = require('./prelude');

const server = net.createServer((peer) => peer.end());
server.listen(0, '127.0.0.1', () => {
  const port = server.address().port;
  mask(port, 'PORT');
  const socket = net.connect(port, '127.0.0.1', () => log('callback'));
  trace('socket', socket, ['lookup', 'connectionAttempt', 'connectionAttemptFailed', 'connect', 'ready', 'end', 'finish', 'close']);
  socket.prependListener('connect', () => log('prepended'));
  socket.resume();
  socket.on('close', () => server.close(() => log('closed')));
  process.nextTick(() => log('tick'));
  log('connect returned', socket.connecting);
});
