// what asks for a descriptor throws EBADF before bind(), when its arguments are right
const dgram = require('dgram');
const { attempt, log } = require('./prelude');

const socket = dgram.createSocket('udp4');
attempt('setBroadcast', () => socket.setBroadcast(true));
attempt('setTTL', () => socket.setTTL(64));
attempt('setTTL type', () => socket.setTTL('64'));
attempt('setMulticastTTL', () => socket.setMulticastTTL(64));
attempt('setMulticastTTL type', () => socket.setMulticastTTL());
attempt('setMulticastLoopback', () => socket.setMulticastLoopback(true));
attempt('setMulticastInterface', () => socket.setMulticastInterface('127.0.0.1'));
attempt('setMulticastInterface type', () => socket.setMulticastInterface(5));
attempt('address', () => socket.address());
try { socket.setTTL(1); } catch (err) { log(err.name, err.code, err.errno, err.syscall, err.address, err.port); }
socket.bind(0, '127.0.0.1', () => {
  attempt('bound', () => socket.setTTL(64));
  socket.close();
});
attempt('binding', () => socket.setTTL(64));
