// the same of a socket that has a peer: the error names nobody
const dgram = require('dgram');
const { log, trace } = require('./prelude');

const server = dgram.createSocket('udp4', (message) => {
  log('message', message);
  server.close();
});
server.bind(0, '127.0.0.1', () => {
  const client = trace('client', dgram.createSocket('udp4'), ['connect', 'error', 'close']);
  client.connect(server.address().port, '127.0.0.1', () => {
    const large = 'x'.repeat(65508);
    client.send(large, (err, bytes) => log(err, bytes, err.code, err.errno, err.syscall, err.address, err.port));
    client.send(large);
    client.send('small', (err, bytes) => {
      log('sent', err, bytes);
      client.close();
    });
  });
});
