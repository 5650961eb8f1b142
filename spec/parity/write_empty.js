// write(''): true, its callback is called, nothing is sent
const net = require('net');
const { log } = require('./prelude');

const server = net.createServer((peer) => {
  peer.on('data', (chunk) => log('server heard', chunk));
});
server.listen(0, '127.0.0.1', () => {
  const socket = net.connect(server.address().port, '127.0.0.1');
  log(socket.write('', () => log('first')), socket.writableLength, socket.writableNeedDrain);
  socket.on('ready', () => setImmediate(() => {
    log(socket.write('', () => log('second')), socket.writableLength, socket.bytesWritten);
    log(socket.write('', 'hex', () => {
      log('third');
      socket.end('end');
    }));
  }));
  socket.on('drain', () => log('never'));
  socket.on('close', () => server.close());
});
