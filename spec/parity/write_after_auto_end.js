// write() when our side has been ended by itself: EPIPE, not write after end
const net = require('net');
const { log, trace } = require('./prelude');

const server = net.createServer((peer) => peer.resume().end());
server.listen(0, '127.0.0.1', () => {
  const socket = net.connect(server.address().port, '127.0.0.1');
  trace('socket', socket.resume(), ['end', 'prefinish', 'error', 'close']);
  socket.on('prefinish', () => {
    log(socket.writableEnded, socket.writable);
    log('write', socket.write('answer', (err) => log('callback', err)));
  });
  socket.on('close', () => server.close());
});
