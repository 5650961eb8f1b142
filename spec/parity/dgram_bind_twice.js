// bind() of a socket that is bound, or will be: thrown, and its callback is not kept
const dgram = require('dgram');
const { attempt, log } = require('./prelude');

const socket = dgram.createSocket('udp4');
socket.bind(0, '127.0.0.1', () => {
  log('callback');
  const port = socket.address().port;
  attempt('bound', () => socket.bind(0));
  attempt('same port', () => socket.bind(port, '127.0.0.1', () => log('never')));
  attempt('options', () => socket.bind({ port: 0 }, () => log('never')));
  log(socket.address().port === port, socket.listenerCount('listening'), socket.listenerCount('error'));
  socket.close();
});
attempt('binding', () => socket.bind(0, () => log('never')));
attempt('nothing', () => socket.bind());
log(socket.listenerCount('listening'));
