// destroy() on an open socket: state at once, 'close'(false) later, no 'end', no 'finish'
const net = require('net');
const { log, trace } = require('./prelude');

const server = net.createServer((peer) => peer.resume());
server.listen(0, '127.0.0.1', () => {
  const socket = net.connect(server.address().port, '127.0.0.1');
  trace('socket', socket, ['data', 'end', 'finish', 'error', 'close']);
  socket.on('ready', () => setImmediate(() => {
    log('destroy returns', socket.destroy());
    log(socket.destroyed, socket.readyState, socket.readable, socket.writable, socket.pending, socket.writableEnded);
    process.nextTick(() => log('tick'));
  }));
  socket.on('close', () => {
    log(socket.errored, socket.readableEnded, socket.writableFinished);
    server.close();
  });
});
