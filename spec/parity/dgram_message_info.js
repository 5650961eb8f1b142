// what 'message' carries: the bytes, and who sent how many of them
const dgram = require('dgram');
const { log, mask } = require('./prelude');

const server = dgram.createSocket('udp4', (message, ...rest) => {
  log('message', message, rest.length, rest[0]);
  if (message.toString() === 'x'.repeat(10)) server.close();
});
server.bind(0, '127.0.0.1', () => {
  const client = dgram.createSocket('udp4');
  client.bind(0, '127.0.0.2', () => {
    mask(client.address().port, 'PORT');
    const port = server.address().port;
    client.send('hello', port, '127.0.0.1');
    client.send('', port, '127.0.0.1');
    client.send('x'.repeat(10), port, '127.0.0.1', () => client.close());
  });
});
