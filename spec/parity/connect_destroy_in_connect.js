// destroy() in 'connect': the other listeners and 'ready' still hear it, then 'close'
const net = require('net');
const { log, trace } = require('./prelude');

const server = net.createServer((peer) => peer.on('error', () => { }).resume());
server.listen(0, '127.0.0.1', () => {
  const socket = net.connect(server.address().port, '127.0.0.1');
  socket.on('connect', () => {
    log('connect');
    socket.destroy();
    log(socket.readyState, socket.connecting, socket.destroyed);
  });
  trace('socket', socket, ['connect', 'ready', 'data', 'end', 'finish', 'error', 'close']);
  socket.on('close', () => server.close());
});
