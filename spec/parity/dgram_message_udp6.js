// the same over IPv6; the default address is ::1
const dgram = require('dgram');
const { log, mask } = require('./prelude');

const server = dgram.createSocket('udp6', (message, info) => {
  log('message', message, info);
  if (message.toString() === 'last') server.close();
});
server.bind(0, () => {
  log(server.address().address, server.address().family);
  const client = dgram.createSocket('udp6');
  client.bind(0, '::1', () => {
    mask(client.address().port, 'PORT');
    const port = server.address().port;
    client.send('default address', port);
    client.send('address', port, '::1', (err, bytes) => {
      log('sent', err, bytes);
      client.connect(port, '::1', () => {
        log(client.remoteAddress().address, client.remoteAddress().family);
        client.send('last', () => client.close());
      });
    });
  });
});
