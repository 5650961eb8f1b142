// our end first: the peer may go on sending, readyState is readOnly until it ends too
const net = require('net');
const { log, trace } = require('./prelude');

const server = net.createServer({ allowHalfOpen: true }, (peer) => {
  peer.resume().on('end', () => {
    peer.write('still here');
    setTimeout(() => peer.end(), 10);
  });
});
server.listen(0, '127.0.0.1', () => {
  const socket = trace('socket', net.connect(server.address().port, '127.0.0.1'), ['data', 'end', 'finish', 'close']);
  socket.on('connect', () => socket.end());
  socket.on('finish', () => log(socket.readyState, socket.readable, socket.writable));
  socket.on('data', () => log(socket.readyState, socket.destroyed));
  socket.on('end', () => log(socket.readyState, socket.destroyed));
  socket.on('close', () => server.close());
});
