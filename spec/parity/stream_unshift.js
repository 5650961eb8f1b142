// unshift: what was read too much goes back to the front and is read or delivered again
const net = require('net');
const { log, trace } = require('./prelude');

const server = net.createServer((peer) => peer.write('head\nbody'));
server.listen(0, '127.0.0.1', () => {
  const socket = net.connect(server.address().port, '127.0.0.1');
  socket.once('readable', () => {
    log(socket.read(), socket.readableLength);
    log(socket.unshift('body'), socket.readableLength);
    log(socket.read(2), socket.readableLength);
    socket.unshift('bo');
    socket.unshift('some');
    log(socket.readableLength, socket.bytesRead);
    log(socket.read(6), socket.readableLength);
    socket.on('data', (chunk) => {
      log('data', chunk);
      socket.destroy();
    });
    log(socket.readableFlowing);
    socket.resume();
  });
  trace('socket', socket, ['end', 'close']);
  socket.on('close', () => server.close());
});
