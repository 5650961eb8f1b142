// the callback of a send() runs by tick: after a tick that was asked for before it
const dgram = require('dgram');
const { log } = require('./prelude');

const server = dgram.createSocket('udp4').on('message', () => server.close());
server.bind(0, '127.0.0.1', () => {
  const port = server.address().port;
  const client = dgram.createSocket('udp4');
  client.bind(0, '127.0.0.1', () => {
    process.nextTick(() => log('tick before'));
    client.send('x', port, '127.0.0.1', () => {
      log('sent');
      client.close();
    });
    setImmediate(() => log('immediate'));
    log('send returned');
  });
});
