// close() in 'error'
const dgram = require('dgram');
const { attempt, log, trace } = require('./prelude');

const holder = dgram.createSocket('udp4');
holder.bind(0, '127.0.0.1', () => {
  const socket = dgram.createSocket('udp4');
  socket.on('error', (err) => {
    log('error', err.code);
    socket.close();
    holder.close();
    attempt('bind', () => socket.bind(0));
  });
  trace('socket', socket, ['listening', 'close']);
  socket.on('error', () => log('second listener'));
  socket.bind(holder.address().port, '127.0.0.1');
});
