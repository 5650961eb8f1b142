// the peer resets at once: 'connect', then 'error' read ECONNRESET and 'close'(true)
const net = require('net');
const { log, mask, trace } = require('./prelude');

const server = net.createServer((peer) => peer.once('data', () => peer.resetAndDestroy()));
server.listen(0, '127.0.0.1', () => {
  const socket = net.connect(server.address().port, '127.0.0.1');
  trace('socket', socket, ['connect', 'ready', 'data', 'end', 'finish', 'error', 'close']);
  socket.on('error', (err) => {
    log(err.code, err.syscall, err.errno, err.address, err.port);
    log(socket.readyState, socket.destroyed, socket.readableEnded, socket.writableEnded);
  });
  socket.on('close', () => server.close());
  socket.write('reset me');
});
