// the peer ends first: 'data', 'end', our own end by itself, 'prefinish', 'finish', 'close'
const net = require('net');
const { log, trace } = require('./prelude');

const server = net.createServer((peer) => peer.resume().end('bye'));
server.listen(0, '127.0.0.1', () => {
  const socket = trace('socket', net.connect(server.address().port, '127.0.0.1'), ['data', 'end', 'prefinish', 'finish', 'close']);
  const state = () => {
    log(socket.readyState, socket.readable, socket.readableEnded);
    log(socket.writable, socket.writableEnded, socket.writableFinished);
  };
  socket.on('data', () => state());
  socket.on('end', () => {
    state();
    process.nextTick(() => state());
  });
  socket.on('prefinish', () => state());
  socket.on('finish', () => state());
  socket.on('close', () => {
    state();
    server.close();
  });
});
