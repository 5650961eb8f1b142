// a listener of 'message' that throws: uncaught, the listeners behind it are left out, the next messages come
const dgram = require('dgram');
const { log, trace } = require('./prelude');

const server = dgram.createSocket('udp4', (message) => {
  log('message', message);
  if (message.toString() !== 'c') throw new Error(`in ${message}`);
  server.close();
});
server.on('message', (message) => log('second', message));
trace('server', server, ['error', 'close']);
process.on('uncaughtException', (err, origin) => log('uncaught', err, origin));
server.bind(0, '127.0.0.1', () => {
  const client = dgram.createSocket('udp4');
  for (const message of ['a', 'b']) client.send(message, server.address().port, '127.0.0.1');
  client.send('c', server.address().port, '127.0.0.1', () => client.close());
});
