// all bytes pass, and the largest datagram
const dgram = require('dgram');
const { log } = require('./prelude');

const all = Buffer.from(Array.from({ length: 256 }, (_, i) => i));
const server = dgram.createSocket('udp4', (message, info) => {
  if (message.length === 256) return log('bytes', message.equals(all), info.size);
  log('message', message.length, info.size, message[0] === 97, message[65506] === 122);
  server.close();
});
server.bind(0, '127.0.0.1', () => {
  const client = dgram.createSocket('udp4');
  const port = server.address().port;
  client.send(all, port, '127.0.0.1', (err, bytes) => log('sent', err, bytes));
  client.send(['a', 'x'.repeat(65505), 'z'], port, '127.0.0.1', (err, bytes) => {
    log('sent', err, bytes);
    client.close();
  });
});
