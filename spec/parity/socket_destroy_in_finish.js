// destroy() in 'finish': the answer of the peer is not awaited
const net = require('net');
const { log, trace } = require('./prelude');

let heard = '';
const server = net.createServer({ allowHalfOpen: true }, (peer) => {
  peer.on('error', () => { });
  peer.on('data', (chunk) => { heard += chunk; });
  peer.on('end', () => peer.end());
});
server.listen(0, '127.0.0.1', () => {
  const socket = net.connect(server.address().port, '127.0.0.1');
  socket.on('finish', () => {
    log('finish', socket.writableFinished);
    socket.destroy();
  });
  trace('socket', socket, ['end', 'finish', 'error', 'close']);
  socket.end('all of it', () => log('end callback'));
  socket.on('close', () => server.close(() => log('server heard', heard)));
});
