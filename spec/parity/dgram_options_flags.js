// setBroadcast() and setMulticastLoopback(): what they return
const dgram = require('dgram');
const { attempt, log } = require('./prelude');

const run = (type, after) => {
  const socket = dgram.createSocket(type);
  socket.bind(0, () => {
    for (const on of [true, false, 'yes', 5]) {
      attempt(`${type} setBroadcast ${on}`, () => socket.setBroadcast(on));
      attempt(`${type} setMulticastLoopback ${on}`, () => socket.setMulticastLoopback(on));
    }
    attempt('setBroadcast', () => socket.setBroadcast());
    attempt('setMulticastLoopback', () => socket.setMulticastLoopback());
    socket.close(after);
  });
};
run('udp4', () => run('udp6', () => log('done')));
