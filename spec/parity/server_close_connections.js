// close() refuses new connections and waits for the old ones: 'close' when the last is destroyed, before its own
const net = require('net');
const { log, mask } = require('./prelude');

let port;
const server = net.createServer((socket) => {
  socket.on('close', () => log('socket close'));
  server.close((err) => log('server closed', err));
  log('listening', server.listening, server.address());
  net.connect(port, '127.0.0.1').on('error', (err) => {
    log(err);
    server.getConnections((_, count) => {
      log('connections', count);
      socket.destroy();
      log('destroyed');
    });
  });
});
server.listen(0, '127.0.0.1', () => {
  port = server.address().port;
  mask(port, 'PORT');
  net.connect(port, '127.0.0.1').on('close', () => log('client close')).resume();
});
