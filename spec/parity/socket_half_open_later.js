// allowHalfOpen can be set on a living socket, before the peer's end
const net = require('net');
const { log, trace } = require('./prelude');

const server = net.createServer((peer) => peer.once('data', () => peer.end('bye')));
server.listen(0, '127.0.0.1', () => {
  const socket = trace('socket', net.connect(server.address().port, '127.0.0.1'), ['data', 'end', 'finish', 'close']);
  socket.on('connect', () => {
    log(socket.allowHalfOpen);
    socket.allowHalfOpen = true;
    log(socket.allowHalfOpen);
    socket.write('go');
  });
  socket.on('end', () => setTimeout(() => {
    log(socket.readyState, socket.destroyed);
    socket.end();
  }, 10));
  socket.on('close', () => server.close());
});
