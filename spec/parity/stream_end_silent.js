// the same with no listener at all but 'close'
const net = require('net');
const { log } = require('./prelude');

const server = net.createServer((peer) => peer.end());
server.listen(0, '127.0.0.1', () => {
  const socket = net.connect(server.address().port, '127.0.0.1');
  socket.on('close', (hadError) => {
    log('close', hadError, socket.readableFlowing, socket.readableEnded, socket.writableFinished);
    server.close();
  });
});
