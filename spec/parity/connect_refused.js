// nobody listens: the events, and what the socket says inside 'error'
const net = require('net');
const { log, mask, trace } = require('./prelude');

const server = net.createServer();
server.listen(0, '127.0.0.1', () => {
  const port = server.address().port;
  mask(port, 'PORT');
  server.close(() => {
    const socket = net.connect(port, '127.0.0.1', () => log('never'));
    trace('socket', socket, ['connectionAttempt', 'connectionAttemptFailed', 'connect', 'ready', 'end', 'finish', 'error', 'close']);
    socket.on('error', (err) => {
      log(err.code, err.syscall, err.address, err.port, err.errno);
      log(socket.destroyed, socket.connecting, socket.pending, socket.readyState);
    });
    socket.on('close', () => log(socket.destroyed, socket.readyState));
  });
});
