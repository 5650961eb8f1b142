// empty datagrams: '', [], [''] and a slice of nothing
const dgram = require('dgram');
const { log } = require('./prelude');

const server = dgram.createSocket('udp4', (message, info) => {
  log('message', message.length, info.size);
  if (message.length > 0) server.close();
});
server.bind(0, '127.0.0.1', () => {
  const port = server.address().port;
  const client = dgram.createSocket('udp4');
  const done = (err, bytes) => log('sent', err, bytes);
  client.send('', port, done);
  client.send([], port, '127.0.0.1', done);
  client.send([''], port, done);
  client.send(['', ''], port, done);
  client.send('', 0, 0, port, done);
  client.send('abc', 3, 0, port, '127.0.0.1', done);
  client.sendto('', 0, 0, port, '127.0.0.1', done);
  client.send('x', port, () => client.close());
});
