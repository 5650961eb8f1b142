// 'readable' and 'data' together: nothing flows, 'data' comes out of read(); afterwards it flows again
const net = require('net');
const { log } = require('./prelude');

let socket;
const server = net.createServer((peer) => {
  peer.write('first');
  peer.on('data', (chunk) => peer.end(chunk));
});
server.listen(0, '127.0.0.1', () => {
  socket = net.connect(server.address().port, '127.0.0.1');
  const listener = () => {
    log('readable', socket.readableFlowing, socket.readableLength);
    log('read', socket.read());
    socket.off('readable', listener);
    process.nextTick(() => {
      log('tick', socket.readableFlowing);
      socket.write('second');
    });
  };
  socket.on('readable', listener);
  socket.on('data', (chunk) => log('data', chunk, socket.readableFlowing));
  log(socket.readableFlowing, socket.isPaused());
  socket.on('end', () => log('end', socket.readableFlowing));
  socket.on('close', () => server.close());
});
