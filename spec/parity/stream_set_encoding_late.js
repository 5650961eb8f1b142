// setEncoding after bytes were buffered: they are decoded too; without an argument it is utf8
const net = require('net');
const { log } = require('./prelude');

const server = net.createServer((peer) => {
  peer.write('e282ac61', 'hex');
  peer.on('data', () => peer.end('62', 'hex'));
});
server.listen(0, '127.0.0.1', () => {
  const socket = net.connect(server.address().port, '127.0.0.1');
  socket.once('readable', () => {
    log(socket.readableLength, socket.readableEncoding);
    log(socket.setEncoding(), socket.readableEncoding);
    log(socket.read());
    socket.setEncoding('hex');
    log(socket.readableEncoding);
    socket.on('data', (chunk) => log('data', chunk));
    socket.write('go on');
  });
  socket.on('close', () => server.close());
});
