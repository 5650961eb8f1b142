// 'readable' and read(): all that is buffered, then nil; at the end 'readable' once more, then 'end'
const net = require('net');
const { log, trace } = require('./prelude');

const server = net.createServer((peer) => {
  peer.write('hello');
  peer.on('data', () => peer.end());
});
server.listen(0, '127.0.0.1', () => {
  const socket = net.connect(server.address().port, '127.0.0.1');
  log(socket.readableFlowing);
  socket.on('readable', () => {
    log('readable', socket.readableLength, socket.readableFlowing);
    let chunk = socket.read();
    while (chunk !== null) {
      log('read', chunk, socket.readableLength);
      socket.write('more');
      chunk = socket.read();
    }
    log('nothing left');
  });
  log(socket.readableFlowing);
  trace('socket', socket, ['data', 'end', 'close']);
  socket.on('close', () => server.close());
});
