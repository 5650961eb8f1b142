// what a closed socket answers: most throw, ref() and unref() do not
const dgram = require('dgram');
const { attempt, log } = require('./prelude');

const socket = dgram.createSocket('udp4');
socket.bind(0, '127.0.0.1', () => socket.close(() => {
  attempt('bind', () => socket.bind(0));
  attempt('send', () => socket.send('x', 1));
  attempt('send address', () => socket.send('x', 0, 1, 1, '127.0.0.1', () => log('never')));
  attempt('sendto', () => socket.sendto('x', 0, 1, 1, '127.0.0.1'));
  attempt('address', () => socket.address());
  attempt('remoteAddress', () => socket.remoteAddress());
  attempt('disconnect', () => socket.disconnect());
  attempt('setMulticastInterface', () => socket.setMulticastInterface('127.0.0.1'));
  attempt('addMembership', () => socket.addMembership('239.1.2.3'));
  attempt('dropMembership', () => socket.dropMembership('239.1.2.3'));
  attempt('addSourceSpecificMembership', () => socket.addSourceSpecificMembership('127.0.0.1', '232.1.1.1'));
  attempt('dropSourceSpecificMembership', () => socket.dropSourceSpecificMembership('127.0.0.1', '232.1.1.1'));
  attempt('close', () => socket.close());
  log(socket.ref() === socket, socket.unref() === socket, socket.type);
}));
