// destroy() right after connect(): no attempt event after it, no 'connect', only 'close'
const net = require('net');
const { log, mask, trace } = require('./prelude');

const server = net.createServer(() => log('never'));
server.listen(0, '127.0.0.1', () => {
  const socket = net.connect(server.address().port, '127.0.0.1', () => log('never'));
  trace('socket', socket, ['connectionAttempt', 'connect', 'ready', 'end', 'finish', 'error', 'close']);
  socket.write('lost', (err) => log('write', err));
  socket.end((err) => log('end', err));
  socket.on('close', () => server.close(() => log('closed')));
  socket.destroy();
  log(socket.destroyed, socket.connecting, socket.readyState, socket.writable, socket.readable);
});
