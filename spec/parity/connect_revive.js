// connect() after 'close' makes the same socket anew: listeners stay, counters begin again
const net = require('net');
const { log, mask, trace } = require('./prelude');

let count = 0;
const server = net.createServer((peer) => {
  count += 1;
  peer.resume().end(`hello ${count}`);
});
server.listen(0, '127.0.0.1', () => {
  const port = server.address().port;
  mask(port, 'PORT');
  const socket = net.connect(port, '127.0.0.1');
  trace('socket', socket, ['connectionAttempt', 'connect', 'ready', 'data', 'end', 'finish', 'close']);
  socket.once('close', () => {
    log(socket.destroyed, socket.readyState, socket.bytesRead, socket.bytesWritten, socket.writableEnded);
    socket.once('close', () => {
      log(socket.destroyed, socket.readyState, socket.bytesRead, socket.bytesWritten);
      server.close();
    });
    socket.connect(port, '127.0.0.1');
    log(socket.destroyed, socket.connecting, socket.readyState, socket.writable, socket.readable, socket.writableEnded);
    log(socket.bytesRead, socket.bytesWritten);
  });
  socket.write('12345');
});
