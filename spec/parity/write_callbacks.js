// the callbacks of writes come by tick, in the order of the writes
const net = require('net');
const { log } = require('./prelude');

const server = net.createServer((peer) => peer.resume());
server.listen(0, '127.0.0.1', () => {
  const socket = net.connect(server.address().port, '127.0.0.1');
  socket.on('ready', () => setImmediate(() => {
    socket.write('one', (err) => log('one', err));
    socket.write('two', (err) => {
      log('two', err);
      socket.write('four', () => log('four'));
    });
    socket.write('');
    socket.write('three', 'latin1', () => {
      log('three');
    });
    log('written', socket.writableLength, socket.bytesWritten);
    setImmediate(() => {
      log('immediate', socket.bytesWritten);
      socket.end();
    });
  }));
  socket.on('drain', () => log('never'));
  socket.on('close', () => server.close());
});
