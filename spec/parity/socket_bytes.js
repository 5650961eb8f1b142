// bytesRead and bytesWritten count while the data moves, queued bytes too, and stay after 'close'
const net = require('net');
const { log } = require('./prelude');

const server = net.createServer((peer) => {
  peer.on('data', () => {
    if (peer.bytesRead === 12) peer.end('answer');
  });
  peer.on('close', () => server.close(() => log('peer', peer.bytesRead, peer.bytesWritten)));
});
server.listen(0, '127.0.0.1', () => {
  const socket = new net.Socket();
  log(socket.bytesRead, socket.bytesWritten);
  socket.connect(server.address().port, '127.0.0.1');
  socket.write('one');
  socket.write('€');
  log(socket.bytesRead, socket.bytesWritten);
  socket.on('connect', () => {
    socket.write('616263', 'hex');
    log(socket.bytesRead, socket.bytesWritten);
    socket.cork();
    socket.write('x');
    log(socket.bytesRead, socket.bytesWritten);
    socket.write('€', 'latin1');
    socket.write('y');
    socket.uncork();
    log(socket.bytesRead, socket.bytesWritten);
  });
  socket.on('data', () => log(socket.bytesRead, socket.bytesWritten));
  socket.on('close', () => log('close', socket.bytesRead, socket.bytesWritten));
});
