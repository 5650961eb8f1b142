// destroy() while the attempt is under way: queued writes and the end learn of it after 'close'
const net = require('net');
const { log, trace } = require('./prelude');

const server = net.createServer();
server.listen(0, '127.0.0.1', () => {
  const socket = net.connect(server.address().port, '127.0.0.1');
  trace('socket', socket, ['connect', 'ready', 'end', 'finish', 'error', 'close']);
  socket.write('one', (err) => log('write one', err));
  socket.write('two', (err) => log('write two', err));
  socket.end((err) => log('end', err));
  socket.on('connectionAttempt', () => {
    log('attempt', socket.connecting, socket.writableLength);
    process.nextTick(() => {
      socket.destroy();
      log('destroyed', socket.connecting, socket.writableLength);
    });
  });
  socket.on('close', () => server.close());
});
