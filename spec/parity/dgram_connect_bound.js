// connect() of a bound socket: 'connect' comes some ticks later
const dgram = require('dgram');
const { attempt, log, trace } = require('./prelude');

const socket = trace('socket', dgram.createSocket('udp4'), ['listening', 'connect', 'error', 'close']);
socket.bind(0, '127.0.0.1', () => {
  socket.connect(9, '127.0.0.1', () => {
    log('callback', socket.remoteAddress());
    socket.close();
  });
  log(socket.listenerCount('connect'));
  attempt('remoteAddress', () => socket.remoteAddress());
  process.nextTick(() => {
    log('tick');
    process.nextTick(() => log('tick of the tick'));
  });
  setImmediate(() => log('immediate'));
});
