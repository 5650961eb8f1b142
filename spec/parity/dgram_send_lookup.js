// send() to a name asks the option lookup, once for each message
const dgram = require('dgram');
const { log, mask, trace } = require('./prelude');

const lookup = (host, family, done) => {
  if (!host.endsWith('.name')) return process.nextTick(done, null, host, family);
  log('lookup', host, family, typeof done);
  setImmediate(() => done(null, host === 'bad.name' ? 'no.ip' : '127.0.0.1', 4));
};
const server = dgram.createSocket('udp4', (message) => {
  log('message', message);
  if (message.toString() === 'b') server.close();
});
server.bind(0, '127.0.0.1', () => {
  const port = server.address().port;
  mask(port, 'PORT');
  const client = trace('client', dgram.createSocket({ type: 'udp4', lookup: lookup }), ['listening', 'error', 'close']);
  client.bind(0, '127.0.0.1', () => {
    client.send('a', port, 'first.name', (err, bytes) => {
      log('sent', err, bytes);
      client.send('x', port, 'bad.name', (second, size) => {
        log(second, size, second.address, second.port);
        client.send('b', port, 'second.name', () => client.close());
      });
    });
    log('send returned');
  });
});
