// the same with nobody who hears it: the program ends there
const dgram = require('dgram');
const { log } = require('./prelude');

const server = dgram.createSocket('udp4', (message) => {
  log('message', message);
  throw new TypeError('in message');
});
process.on('exit', (code) => log('exit', code));
server.bind(0, '127.0.0.1', () => {
  for (const message of ['a', 'b', 'c']) server.send(message, server.address().port, '127.0.0.1');
});
