// connect() in 'listening', and send() in 'connect'
const dgram = require('dgram');
const { log, trace } = require('./prelude');

const server = dgram.createSocket('udp4', (message, info) => {
  log('message', message, info.address);
  server.close();
});
server.bind(0, '127.0.0.1', () => {
  const client = trace('client', dgram.createSocket('udp4'), ['listening', 'connect', 'error', 'close']);
  client.on('listening', () => client.connect(server.address().port, '127.0.0.1'));
  client.on('connect', () => {
    client.send('hello', (err, bytes) => {
      log('sent', err, bytes);
      client.close();
    });
  });
  client.bind();
});
