// a signal aborted after 'close' does nothing any more
const net = require('net');
const { log, trace } = require('./prelude');

const controller = new AbortController();
const server = net.createServer((peer) => peer.end('bye'));
server.listen(0, '127.0.0.1', () => {
  const socket = net.connect({ port: server.address().port, host: '127.0.0.1', signal: controller.signal });
  trace('socket', socket, ['data', 'end', 'error', 'close']);
  socket.on('close', () => {
    controller.abort();
    log('aborted', controller.signal.aborted, socket.errored);
    server.close(() => log('closed'));
  });
});
