// nobody listens, and writes and an end are queued: the first callback has another error than the rest
const net = require('net');
const { log, mask, trace } = require('./prelude');

const server = net.createServer();
server.listen(0, '127.0.0.1', () => {
  const port = server.address().port;
  mask(port, 'PORT');
  server.close(() => {
    const socket = net.connect(port, '127.0.0.1');
    trace('socket', socket, ['connectionAttemptFailed', 'drain', 'finish', 'error', 'close']);
    log(socket.write('one', (err) => log('write one', err)));
    log(socket.write('two', (err) => log('write two', err)));
    socket.end('three', (err) => log('end', err));
    log(socket.writableLength, socket.bytesWritten, socket.writableEnded);
  });
});
