// once('data') starts the flow for good: later chunks are lost, the end comes
const net = require('net');
const { log, trace } = require('./prelude');

const server = net.createServer((peer) => {
  peer.write('first');
  peer.on('data', () => peer.end('second'));
});
server.listen(0, '127.0.0.1', () => {
  const socket = net.connect(server.address().port, '127.0.0.1');
  socket.once('data', (chunk) => {
    log('data', chunk);
    socket.write('go on');
  });
  trace('socket', socket, ['pause', 'resume', 'end', 'close']);
  socket.on('end', () => log(socket.bytesRead));
  socket.on('close', () => server.close());
});
