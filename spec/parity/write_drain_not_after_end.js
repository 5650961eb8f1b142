// no 'drain' once end() was called
const net = require('net');
const { log, trace } = require('./prelude');

const server = net.createServer((peer) => peer.resume());
server.listen(0, '127.0.0.1', () => {
  const socket = net.connect(server.address().port, '127.0.0.1');
  trace('socket', socket, ['drain', 'prefinish', 'finish', 'end', 'close']);
  log(socket.write('x'.repeat(100000), (err) => log('callback', err)), socket.writableNeedDrain);
  socket.end(() => log('end'));
  log(socket.writableNeedDrain, socket.writableLength);
  socket.on('close', () => server.close());
});
