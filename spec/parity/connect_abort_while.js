// a signal aborted while the connection is attempted, and one aborted twice later
const net = require('net');
const { log, trace } = require('./prelude');

const controller = new AbortController();
const server = net.createServer();
server.listen(0, '127.0.0.1', () => {
  const socket = net.connect({ port: server.address().port, host: '127.0.0.1', signal: controller.signal });
  trace('socket', socket, ['connect', 'ready', 'error', 'close']);
  socket.on('connectionAttempt', () => process.nextTick(() => {
    controller.abort();
    log('aborted', socket.destroyed, socket.connecting);
    controller.abort();
  }));
  socket.on('close', () => server.close());
});
