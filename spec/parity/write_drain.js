// 'drain' comes once the queue is empty after a false, before the callback of the write that filled it
const net = require('net');
const { log } = require('./prelude');

const server = net.createServer((peer) => peer.resume());
server.listen(0, '127.0.0.1', () => {
  const socket = net.connect(server.address().port, '127.0.0.1');
  log(socket.write('x'.repeat(100000), (err) => log('callback', err, socket.writableLength)), socket.writableNeedDrain);
  let drains = 0;
  socket.on('drain', () => {
    drains += 1;
    log('drain', drains, socket.writableLength, socket.writableNeedDrain);
    if (drains === 1) {
      socket.cork();
      log(socket.write('x'.repeat(65535)), socket.write('x', () => log('corked')), socket.writableNeedDrain);
      setImmediate(() => socket.uncork());
    } else setImmediate(() => socket.end());
  });
  socket.on('close', () => server.close());
});
