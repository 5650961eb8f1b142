// setTTL() and setMulticastTTL(): what they return, and which numbers they refuse
const dgram = require('dgram');
const { attempt, log } = require('./prelude');

const run = (type, after) => {
  const socket = dgram.createSocket(type);
  socket.bind(0, () => {
    for (const method of ['setTTL', 'setMulticastTTL']) {
      for (const ttl of [0, 1, 64, 255, 256, -2, 1000, 1.5, '1', true]) attempt(`${type} ${method} ${ttl}`, () => socket[method](ttl));
      attempt('nothing', () => socket[method]());
      attempt('object', () => socket[method]({}));
      attempt('array', () => socket[method]([1]));
    }
    socket.close(after);
  });
};
run('udp4', () => run('udp6', () => log('done')));
