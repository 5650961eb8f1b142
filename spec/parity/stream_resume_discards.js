// resume() without a listener throws the data away; without either nothing ends
const net = require('net');
const { log, trace } = require('./prelude');

let socket;
const later = () => {
  log(socket.readableLength, socket.readyState, socket.destroyed, socket.writableEnded, socket.readableEnded);
  socket.resume();
  log(socket.readableFlowing);
};
const server = net.createServer((peer) => {
  peer.end('hello', () => setTimeout(() => setTimeout(later, 10), 10));
});
server.listen(0, '127.0.0.1', () => {
  socket = trace('socket', net.connect(server.address().port, '127.0.0.1'), ['resume', 'end', 'close']);
  socket.on('close', () => {
    log(socket.bytesRead, socket.readableLength);
    server.close();
  });
});
