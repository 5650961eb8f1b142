// a port that is taken: 'error' by tick, no 'close', and bind() may be tried again
const dgram = require('dgram');
const { log, mask, trace } = require('./prelude');

const holder = dgram.createSocket('udp4');
holder.bind(0, '127.0.0.1', () => {
  const port = holder.address().port;
  mask(port, 'PORT');
  const socket = trace('socket', dgram.createSocket('udp4'), ['listening', 'error', 'close']);
  socket.once('error', (err) => {
    log(err.code, err.errno, err.syscall, err.address, err.port, String(err));
    log(socket.listenerCount('listening'), socket.listenerCount('error'));
    holder.close(() => socket.bind(port, '127.0.0.1', () => {
      log('callback', socket.address());
      socket.close();
    }));
  });
  log(socket.bind(port, '127.0.0.1', () => log('callback of the bind that failed')) === socket);
  process.nextTick(() => log('tick'));
});
