// send(message, offset, length): which bytes leave, up to the edges
const dgram = require('dgram');
const { log } = require('./prelude');

const server = dgram.createSocket('udp4', (message) => {
  log('message', message, message.length);
  if (message.toString() === 'last') server.close();
});
server.bind(0, '127.0.0.1', () => {
  const port = server.address().port;
  const client = dgram.createSocket('udp4');
  const send = (offset, length) => client.send('abcde', offset, length, port, '127.0.0.1', (err, bytes) => log('sent', err, bytes));
  send(0, 5);
  send(0, 1);
  send(4, 1);
  send(1, 3);
  send(0, 0);
  send(5, 0);
  send(3, 0);
  send('1', '2');
  send(1.9, 2.9);
  send(undefined, 2);
  send(undefined, undefined);
  send(0 / 0, 1);
  send(4294967296, 4294967297);
  send(-4294967295, 1);
  client.send('last', port, '127.0.0.1', () => client.close());
});
