// a high-water mark of the socket's own: for what write() returns and for nothing else
const net = require('net');
const { log } = require('./prelude');

let heard = '';
const server = net.createServer((peer) => peer.on('data', (chunk) => { heard += chunk; }));
server.listen(0, '127.0.0.1', () => {
  const socket = new net.Socket({ writableHighWaterMark: 4 });
  socket.connect(server.address().port, '127.0.0.1');
  log(socket.writableHighWaterMark, socket.readableHighWaterMark);
  log(socket.write('123'), socket.write('4'), socket.write('5'), socket.writableLength);
  socket.once('drain', () => {
    log('drain', socket.writableLength);
    log(socket.write('123456'), socket.writableLength, socket.writableNeedDrain);
    socket.cork();
    log(socket.write('789'), socket.write('0'), socket.writableNeedDrain);
    socket.once('drain', () => {
      log('drain', socket.writableLength);
      socket.end();
    });
    setImmediate(() => socket.uncork());
  });
  socket.on('close', () => server.close(() => log('heard', heard)));
});
