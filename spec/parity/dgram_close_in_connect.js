// close() in 'connect', and in the callback of a send()
const dgram = require('dgram');
const { attempt, log, trace } = require('./prelude');

const server = dgram.createSocket('udp4', (message) => {
  log('message', message);
  server.close();
});
server.bind(0, '127.0.0.1', () => {
  const port = server.address().port;
  const socket = trace('socket', dgram.createSocket('udp4'), ['listening', 'connect', 'error', 'close']);
  socket.connect(port, '127.0.0.1', () => {
    log('callback');
    socket.close();
    attempt('remoteAddress', () => socket.remoteAddress());
    attempt('send', () => socket.send('x'));
    const second = trace('second', dgram.createSocket('udp4'), ['listening', 'close']);
    second.send('x', port, '127.0.0.1', (err, bytes) => {
      log('sent', err, bytes);
      second.close();
      process.nextTick(() => log('tick'));
    });
  });
});
