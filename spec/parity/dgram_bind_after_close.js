// bind() of a closed socket: thrown, before its arguments are looked at
const dgram = require('dgram');
const { attempt, log } = require('./prelude');

const socket = dgram.createSocket('udp4');
socket.close();
attempt('closing', () => socket.bind());
socket.on('close', () => {
  attempt('closed', () => socket.bind(0, () => log('never')));
  attempt('port', () => socket.bind(-1));
  attempt('options', () => socket.bind({ fd: 900 }));
  log(socket.listenerCount('listening'));
});
