// an IPv6 socket asks lookup for addresses of IPv6
const dgram = require('dgram');
const { log, mask } = require('./prelude');

const lookup = (host, family, done) => {
  if (!host.endsWith('.name')) return process.nextTick(done, null, host, family);
  log('lookup', host, family);
  setImmediate(done, null, '::1', 6);
};
const server = dgram.createSocket({ type: 'udp6', lookup: lookup });
server.on('message', (message, info) => {
  log('message', message, info.address, info.family);
  if (message.toString() === 'connected') server.close();
});
server.bind(0, 'server.name', () => {
  const port = server.address().port;
  mask(port, 'PORT');
  log(server.address());
  const client = dgram.createSocket({ type: 'udp6', lookup: lookup });
  client.bind(() => client.send('sent', port, 'send.name', (err, bytes) => {
    log(err, bytes);
    client.connect(port, 'connect.name', () => {
      log(client.remoteAddress());
      client.send('connected', () => client.close());
    });
  }));
});
