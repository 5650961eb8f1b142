// destroy() in 'data': nothing more is delivered, not even what is buffered, no 'end'
const net = require('net');
const { log, trace } = require('./prelude');

const server = net.createServer((peer) => {
  peer.on('error', () => { });
  peer.resume().end('x'.repeat(300000));
});
server.listen(0, '127.0.0.1', () => {
  const socket = net.connect(server.address().port, '127.0.0.1');
  let chunks = 0;
  socket.on('data', () => {
    chunks += 1;
    socket.destroy();
    log(socket.destroyed, socket.readyState);
  });
  trace('socket', socket, ['end', 'finish', 'error', 'close']);
  socket.on('close', () => {
    log('chunks', chunks);
    server.close();
  });
});
