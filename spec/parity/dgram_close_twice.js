// close() of a closed socket: thrown; its callback is a listener nevertheless
const dgram = require('dgram');
const { attempt, log, trace } = require('./prelude');

const socket = trace('socket', dgram.createSocket('udp4'), ['close']);
socket.bind(0, () => {
  socket.close(() => {
    log('callback');
    attempt('closed', () => socket.close(() => log('never')));
  });
  attempt('closing', () => socket.close());
  attempt('with a callback', () => socket.close(() => log('callback of the second')));
  log(socket.listenerCount('close'));
});
