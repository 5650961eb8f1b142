// a signal in the options of a socket: 'error' AbortError, then 'close' true
const net = require('net');
const { log, trace } = require('./prelude');

const controller = new AbortController();
const server = net.createServer((socket) => {
  socket.resume().on('close', () => server.close(() => log('server closed')));
  controller.abort();
}).listen(0, '127.0.0.1', () => {
  const socket = net.connect({ port: server.address().port, host: '127.0.0.1', signal: controller.signal });
  trace('socket', socket, ['error', 'close']);
  socket.on('error', (err) => log(err.code, err.name, socket.destroyed));
  socket.on('close', () => log(controller.signal.aborted, controller.signal.reason.name));
});
const early = net.connect({ port: 1, host: '127.0.0.1', signal: AbortSignal.abort() });
trace('early', early, ['connect', 'error']);
