// the second argument of createSocket() is a listener of 'message', if it is a function
const dgram = require('dgram');
const { log } = require('./prelude');

const listener = () => {};
for (const type of ['udp4', { type: 'udp6' }]) {
  const socket = dgram.createSocket(type, listener);
  log(socket.listenerCount('message'), socket.listeners('message')[0] === listener, socket.eventNames());
}
for (const other of [5, 'message', {}, false]) log(dgram.createSocket('udp4', other).eventNames().length);
log(dgram.createSocket('udp4').on('message', listener).once('message', listener).listenerCount('message'));
