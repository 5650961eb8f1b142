// a bind() that fails with nobody who listens to 'error' ends the program; a callback of bind() listens
const dgram = require('dgram');
const { log, mask } = require('./prelude');

const holder = dgram.createSocket('udp4');
process.on('exit', (code) => log('exit', code));
holder.bind(0, '127.0.0.1', () => {
  const port = holder.address().port;
  mask(port, 'PORT');
  const socket = dgram.createSocket('udp4');
  socket.bind(port, '127.0.0.1', () => log('never'));
  setImmediate(() => {
    log('nothing happened', socket.listenerCount('listening'), socket.listenerCount('error'));
    process.once('uncaughtException', (err) => {
      log('uncaught', err);
      dgram.createSocket('udp4').bind({ port: port, address: '127.0.0.1' });
    });
    socket.bind(port, '127.0.0.1');
  });
});
