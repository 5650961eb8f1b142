// once('message') hears the first one, the other listeners all
const dgram = require('dgram');
const { log } = require('./prelude');

const server = dgram.createSocket('udp4');
server.once('message', (message) => log('once', message, server.listenerCount('message')));
server.on('message', (message) => {
  log('on', message, server.listenerCount('message'));
  if (message.toString() === 'c') server.close();
});
server.prependOnceListener('message', (message) => log('first of all', message));
server.bind(0, '127.0.0.1', () => {
  const client = dgram.createSocket('udp4');
  for (const message of ['a', 'b']) client.send(message, server.address().port, '127.0.0.1');
  client.send('c', server.address().port, '127.0.0.1', () => client.close());
});
