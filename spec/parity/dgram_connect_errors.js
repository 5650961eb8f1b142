// connect() that fails: the callback alone, without one 'error'; then it may be tried again
const dgram = require('dgram');
const { attempt, log, trace } = require('./prelude');

const cases = [['udp4', '::1'], ['udp6', '127.0.0.1'], ['udp4', 'no..name'], ['udp6', 'no..name']];
const next = () => {
  if (cases.length === 0) return;
  const [type, address] = cases.shift();
  const socket = trace(type, dgram.createSocket(type), ['listening', 'connect', 'error', 'close']);
  socket.connect(9, address, (...args) => {
    const [err] = args;
    log('callback', args.length, err, err.code, err.errno, err.syscall, err.address, err.port, err.hostname);
    log(socket.listenerCount('connect'));
    attempt('remoteAddress', () => socket.remoteAddress());
    socket.once('error', (second) => {
      log(second.code);
      socket.connect(9, '', (...rest) => {
        log('callback', rest.length);
        socket.close(next);
      });
    });
    socket.connect(9, address);
    log('connect returned');
  });
};
next();
