// bind() again inside of 'error'
const dgram = require('dgram');
const { attempt, log, trace } = require('./prelude');

const holder = dgram.createSocket('udp4');
holder.bind(0, '127.0.0.1', () => {
  const port = holder.address().port;
  const socket = trace('socket', dgram.createSocket('udp4'), ['listening', 'close']);
  let tries = 0;
  socket.on('error', (err) => {
    tries += 1;
    log('error', err.code, tries);
    attempt('bind', () => socket.bind(tries < 3 ? port : 0, '127.0.0.1', () => {
      log('callback', tries);
      socket.close();
      holder.close();
    }) === socket);
    attempt('again', () => socket.bind(0));
  });
  socket.bind({ port: port, address: '127.0.0.1' });
});
