// several sockets of one turn: each in its order
const dgram = require('dgram');
const { log, trace } = require('./prelude');

const sockets = [];
for (let i = 1; i <= 3; i++) {
  const socket = trace(i, dgram.createSocket(i === 2 ? 'udp6' : 'udp4'), ['listening', 'close']);
  sockets.push(socket);
  socket.bind(0, () => {
    log('callback', i);
    process.nextTick(() => log('tick', i));
    if (i === 3) for (const each of sockets) each.close(() => log('closed'));
  });
  process.nextTick(() => log('tick of', i));
}
