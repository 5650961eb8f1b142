// destroy() in 'timeout', with the usual error: 'error' and 'close'(true)
const net = require('net');
const { log, trace } = require('./prelude');

const server = net.createServer((peer) => peer.resume());
server.listen(0, '127.0.0.1', () => {
  const socket = net.connect(server.address().port, '127.0.0.1');
  trace('socket', socket, ['timeout', 'end', 'error', 'close']);
  socket.on('connect', () => socket.setTimeout(20, () => socket.destroy(new Error('idle too long'))));
  socket.on('close', () => server.close());
});
