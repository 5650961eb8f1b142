// what write() returns: whether what the kernel did not take is below the high-water mark
const net = require('net');
const { log } = require('./prelude');

const server = net.createServer((peer) => peer.resume());
server.listen(0, '127.0.0.1', () => {
  const socket = net.connect(server.address().port, '127.0.0.1');
  log(socket.write('x'.repeat(65534)), socket.writableLength, socket.writableNeedDrain);
  log(socket.write('x'), socket.writableLength, socket.writableNeedDrain);
  log(socket.write('x'), socket.writableLength, socket.writableNeedDrain);
  log(socket.write('x'), socket.writableLength, socket.bufferSize, socket.writableNeedDrain);
  socket.once('drain', () => {
    log('drain', socket.writableLength, socket.writableNeedDrain);
    log(socket.write('small'), socket.writableLength);
    log(socket.write('x'.repeat(65536)), socket.writableLength, socket.writableNeedDrain);
    socket.end();
  });
  socket.on('close', () => server.close());
});
