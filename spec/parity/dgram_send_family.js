// an address of the other family: EINVAL for the callback, nothing without one
const dgram = require('dgram');
const { log, trace } = require('./prelude');

const cases = [['udp4', '::1'], ['udp6', '127.0.0.1'], ['udp4', '::ffff:127.0.0.1']];
const next = () => {
  if (cases.length === 0) return;
  const [type, address] = cases.shift();
  const socket = trace(type, dgram.createSocket(type), ['listening', 'error', 'close']);
  socket.send('x', 9, address);
  socket.send('x', 9, address, (err, bytes) => {
    log(err, bytes, err.code, err.errno, err.syscall, err.address, err.port);
    socket.close(next);
  });
};
next();
