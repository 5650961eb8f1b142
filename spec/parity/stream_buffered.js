// what arrives before a 'data' listener waits for it; then comes the end
const net = require('net');
const { log, trace } = require('./prelude');

let socket;
const later = () => {
  log(socket.readableLength, socket.bytesRead, socket.readableFlowing, socket.isPaused(), socket.readyState);
  socket.on('data', (chunk) => log('data', chunk, socket.readableLength));
  log('added', socket.readableFlowing);
};
const server = net.createServer((peer) => {
  peer.end('hello', () => setTimeout(() => setTimeout(later, 10), 10));
});
server.listen(0, '127.0.0.1', () => {
  socket = net.connect(server.address().port, '127.0.0.1');
  trace('socket', socket, ['end', 'close']);
  socket.on('close', () => server.close());
});
