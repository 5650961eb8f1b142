// destroy() in 'end': the other listeners hear it still, our end is not sent, 'close' follows
const net = require('net');
const { log, trace } = require('./prelude');

const server = net.createServer((peer) => peer.end('bye'));
server.listen(0, '127.0.0.1', () => {
  const socket = net.connect(server.address().port, '127.0.0.1');
  trace('socket', socket, ['data']);
  socket.on('end', () => {
    socket.destroy();
    log('destroyed', socket.readyState, socket.writableEnded);
  });
  trace('socket', socket, ['end', 'prefinish', 'finish', 'error', 'close']);
  socket.on('close', () => server.close());
});
