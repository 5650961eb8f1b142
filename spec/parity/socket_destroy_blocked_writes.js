// destroy() while the peer does not read: every callback is called, the queued ones are told of the destroy
const net = require('net');
const { log, trace } = require('./prelude');

let other;
const server = net.createServer({ pauseOnConnect: true }, (peer) => {
  other = peer.on('error', () => { });
  other.write('go');
});
server.listen(0, '127.0.0.1', () => {
  const socket = net.connect(server.address().port, '127.0.0.1');
  trace('socket', socket, ['drain', 'finish', 'error', 'close']);
  socket.on('data', () => {
    log(socket.write('x'.repeat(6000000), () => log('first')), socket.write('second', (err) => log('second', err)));
    log(socket.write('third', (err) => log('third', err)), socket.writableNeedDrain);
    socket.end((err) => log('end', err));
    setTimeout(() => {
      socket.destroy();
      log('destroyed');
    }, 10);
  });
  socket.on('close', () => {
    other.destroy();
    server.close();
  });
});
