// remoteAddress() and disconnect() in every state
const dgram = require('dgram');
const { attempt, log, trace } = require('./prelude');

const socket = trace('socket', dgram.createSocket('udp4'), ['connect', 'error', 'close']);
const states = (label) => {
  attempt(`${label}: remoteAddress`, () => socket.remoteAddress());
  if (label !== 'connected') attempt(`${label}: disconnect`, () => socket.disconnect());
};
states('unbound');
socket.bind(0, '127.0.0.1', () => {
  states('bound');
  socket.connect(9, '127.0.0.1', () => {
    states('connected');
    attempt('disconnecting', () => socket.disconnect());
    states('disconnected');
    socket.connect(10, '127.0.0.2', () => {
      states('connected');
      log(socket.disconnect());
      socket.close();
      states('closed');
    });
    states('connecting again');
  });
  states('connecting');
});
states('binding');
