// a peer that does not read: false until it does, then the callbacks in order and one 'drain'
const net = require('net');
const { log } = require('./prelude');

let other, total = 0;
const server = net.createServer({ pauseOnConnect: true }, (peer) => {
  other = peer.on('data', (chunk) => { total += chunk.length; });
  other.write('go');
});
server.listen(0, '127.0.0.1', () => {
  const socket = net.connect(server.address().port, '127.0.0.1');
  let drains = 0;
  socket.once('data', () => {
    log(socket.write('x'.repeat(6000000), (err) => log('first', err)), socket.writableNeedDrain);
    log(socket.write('y', (err) => log('second', err)), socket.write('z', (err) => log('third', err)));
    setTimeout(() => {
      log(socket.write('', (err) => log('fourth', err)), socket.writableLength > 0);
      other.resume();
    }, 10);
  });
  socket.on('drain', () => {
    drains += 1;
    setImmediate(() => socket.end());
  });
  socket.on('finish', () => log('finish', drains, socket.writableLength, socket.bytesWritten));
  socket.on('close', () => server.close(() => log('total', total)));
});
