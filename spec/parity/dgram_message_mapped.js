// an IPv6 socket bound to '::' hears IPv4 as well, and answers it
const dgram = require('dgram');
const { log, mask } = require('./prelude');

const server = dgram.createSocket('udp6', (message, info) => {
  log('message', message, info);
  server.send('answer', info.port, info.address, (err, bytes) => {
    log('sent', err, bytes);
    server.close();
  });
});
server.bind(0, () => {
  const client = dgram.createSocket('udp4');
  client.on('message', (message, info) => {
    log('message', message, info.address, info.family);
    client.close();
  });
  client.bind(0, () => {
    mask(client.address().port, 'PORT');
    client.send('question', server.address().port);
  });
});
