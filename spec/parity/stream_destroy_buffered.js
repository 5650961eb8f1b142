// destroy() with unread data: it is dropped, a listener and resume() get nothing any more, no 'end'
const net = require('net');
const { log, trace } = require('./prelude');

let socket;
const later = () => {
  log(socket.readableLength, socket.readable);
  socket.destroy();
  log(socket.destroyed, socket.readable, socket.readableEnded);
  socket.resume();
  socket.on('data', (chunk) => log('never', chunk));
};
const server = net.createServer((peer) => {
  peer.on('error', () => { });
  peer.end('hello', () => setTimeout(() => setTimeout(later, 10), 10));
});
server.listen(0, '127.0.0.1', () => {
  socket = trace('socket', net.connect(server.address().port, '127.0.0.1'), ['end', 'error', 'close']);
  socket.on('close', () => server.close());
});
