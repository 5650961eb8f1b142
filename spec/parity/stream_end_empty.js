// the end of a peer that sent nothing is noticed without any listener for data
const net = require('net');
const { log, trace } = require('./prelude');

const server = net.createServer((peer) => peer.end());
server.listen(0, '127.0.0.1', () => {
  const socket = net.connect(server.address().port, '127.0.0.1');
  trace('socket', socket, ['readable', 'end', 'finish', 'close']);
  socket.on('end', () => log(socket.readableFlowing, socket.readableEnded, socket.bytesRead));
  socket.on('close', () => server.close());
});
