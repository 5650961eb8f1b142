// read(n): exactly n bytes, or nil while there are fewer; the rest once the end has come
const net = require('net');
const { log, trace } = require('./prelude');

let socket;
const later = () => {
  log('ended', socket.readableLength, socket.read(8), socket.readableLength);
  log(socket.read(), socket.read(1));
};
const server = net.createServer((peer) => {
  peer.write('abcdefghij');
  peer.on('data', () => peer.end(() => setTimeout(() => setTimeout(later, 10), 10)));
});
server.listen(0, '127.0.0.1', () => {
  socket = net.connect(server.address().port, '127.0.0.1');
  socket.once('readable', () => {
    log(socket.read(0), socket.readableLength);
    log(socket.read(3), socket.readableLength);
    log(socket.read(4), socket.readableLength);
    log(socket.read(8), socket.readableLength);
    log(socket.read(1), socket.readableLength);
    socket.write('end, please');
  });
  trace('socket', socket, ['end', 'close']);
  socket.on('close', () => server.close());
});
