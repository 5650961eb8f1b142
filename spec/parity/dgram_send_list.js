// a list of strings is one datagram; what is done to the list afterwards does not matter
const dgram = require('dgram');
const { log } = require('./prelude');

const server = dgram.createSocket('udp4', (message, info) => {
  log('message', message.toString(), info.size);
  if (message.toString() === 'last') server.close();
});
server.bind(0, '127.0.0.1', () => {
  const port = server.address().port;
  const client = dgram.createSocket('udp4');
  const done = (err, bytes) => log('sent', err, bytes);
  const list = ['one ', 'two'];
  client.send(list, port, done);
  list.push(' three');
  client.send(list, port, '127.0.0.1', done);
  list[0] = 'changed';
  log(list.length);
  client.send(['a'], port, done);
  client.send(['', 'b', '', 'c', ''], port, done);
  client.send(Array(20).fill('0123'), port, done);
  client.send(['h\u00e9', '\u20ac'], port, done);
  client.send('last', port, () => client.close());
});
