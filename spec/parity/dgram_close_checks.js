// which mistake of a call on a closed socket is told first
const dgram = require('dgram');
const { attempt, log } = require('./prelude');

const socket = dgram.createSocket('udp4');
socket.close(() => {
  attempt('send message', () => socket.send(5, 1));
  attempt('send port', () => socket.send('x', 0));
  attempt('send address', () => socket.send('x', 1, 5));
  attempt('send bounds', () => socket.send('x', 2, 1, 1));
  attempt('sendto', () => socket.sendto('x', '0'));
  attempt('connect port', () => socket.connect(0));
  attempt('connect address', () => socket.connect(1, 5));
  attempt('connect', () => socket.connect(1, '127.0.0.1', () => log('never')));
  attempt('setMulticastInterface', () => socket.setMulticastInterface(5));
  attempt('addMembership', () => socket.addMembership());
  attempt('dropMembership', () => socket.dropMembership());
  attempt('addSourceSpecificMembership', () => socket.addSourceSpecificMembership());
  attempt('dropSourceSpecificMembership', () => socket.dropSourceSpecificMembership(5));
});
