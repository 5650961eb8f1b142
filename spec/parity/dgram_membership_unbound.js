// addMembership() of an unbound socket gives it a port, without 'listening'
const dgram = require('dgram');
const { attempt, trace } = require('./prelude');

const socket = trace('socket', dgram.createSocket('udp4'), ['listening', 'error', 'close']);
attempt('address', () => socket.address());
attempt('refused', () => socket.addMembership('127.0.0.1', '127.0.0.1'));
attempt('add', () => socket.addMembership('239.1.2.3', '127.0.0.1'));
attempt('address', () => {
  const address = socket.address();
  return `${address.address} ${address.family} ${address.port > 0}`;
});
attempt('ttl', () => socket.setTTL(8));
attempt('drop', () => socket.dropMembership('239.1.2.3', '127.0.0.1'));
socket.close();
