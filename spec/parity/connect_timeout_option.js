// the option timeout starts the idle timer before connecting; connect()'s own option too
const net = require('net');
const { log, trace } = require('./prelude');

const server = net.createServer((peer) => peer.resume());
server.listen(0, '127.0.0.1', () => {
  const socket = net.connect({ port: server.address().port, host: '127.0.0.1', timeout: 60 });
  log(socket.timeout, socket.connecting);
  trace('socket', socket, ['connect', 'timeout', 'end', 'close']);
  socket.on('timeout', () => {
    log(socket.readyState, socket.timeout);
    socket.end();
  });
  socket.on('close', () => server.close());
});
