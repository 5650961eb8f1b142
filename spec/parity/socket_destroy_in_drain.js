// destroy() in 'drain': the callback of the write is called all the same
const net = require('net');
const { log, trace } = require('./prelude');

const server = net.createServer((peer) => {
  peer.on('error', () => { });
  peer.resume();
});
server.listen(0, '127.0.0.1', () => {
  const socket = net.connect(server.address().port, '127.0.0.1');
  log(socket.write('x'.repeat(65536), (err) => log('write', err)));
  socket.on('drain', () => {
    log('drain', socket.writableLength);
    socket.destroy();
  });
  trace('socket', socket, ['drain', 'finish', 'error', 'close']);
  socket.on('close', () => server.close());
});
