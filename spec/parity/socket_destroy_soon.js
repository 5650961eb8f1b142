// destroySoon(): what is queued goes out, then destroyed without waiting for the peer
const net = require('net');
const { log, trace } = require('./prelude');

let heard = 0;
const server = net.createServer({ allowHalfOpen: true }, (peer) => {
  peer.on('data', (chunk) => { heard += chunk.length; });
  peer.on('end', () => peer.end());
});
server.listen(0, '127.0.0.1', () => {
  const socket = net.connect(server.address().port, '127.0.0.1');
  trace('socket', socket, ['end', 'prefinish', 'finish', 'error', 'close']);
  socket.write('x'.repeat(100000), (err) => log('write', err));
  log(socket.destroySoon(), socket.destroyed, socket.writable, socket.writableEnded);
  socket.on('close', () => server.close(() => log('server heard', heard)));
});
