// bind() of a socket that a send() binds: thrown, and the message leaves
const dgram = require('dgram');
const { attempt, log, trace } = require('./prelude');

const server = dgram.createSocket('udp4', (message) => {
  log('message', message);
  server.close();
});
server.bind(0, '127.0.0.1', () => {
  const socket = trace('socket', dgram.createSocket('udp4'), ['listening', 'error', 'close']);
  socket.send('hello', server.address().port, '127.0.0.1', () => socket.close());
  attempt('bind', () => socket.bind(0, () => log('never')));
});
