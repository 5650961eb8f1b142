// connect() behind a send(): what was sent to an address leaves first, and is told first
const dgram = require('dgram');
const { log } = require('./prelude');

const server = dgram.createSocket('udp6', (message, info) => {
  log('message', message, info.address);
  if (message.toString() === 'to the peer') server.close();
});
server.bind(0, () => {
  const client = dgram.createSocket('udp6');
  client.bind(0, () => {
    const port = server.address().port;
    client.send('to an address', port, '::ffff:127.0.0.1', (err, bytes) => log('sent', err, bytes));
    client.connect(port, '::1', () => {
      log('connected');
      client.send('to the peer', () => client.close());
    });
  });
});
