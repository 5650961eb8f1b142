// two sockets that answer each other
const dgram = require('dgram');
const { log } = require('./prelude');

const server = dgram.createSocket('udp4');
server.on('message', (message, info) => {
  log('server', message);
  server.send(`${message}!`, info.port, info.address, (err, bytes) => log('answered', err, bytes));
});
server.bind(0, '127.0.0.1', () => {
  const client = dgram.createSocket('udp4');
  client.on('message', (message, info) => {
    log('client', message, info.port === server.address().port, info.size);
    if (message.length < 6) return client.send(message, info.port, info.address);
    client.close();
    server.close();
  });
  client.send('hi', server.address().port, '127.0.0.1', (err, bytes) => log('asked', err, bytes));
});
