// a well-known name, for bind(), send() and connect()
const dgram = require('dgram');
const { log } = require('./prelude');

const client = dgram.createSocket('udp4');
const server = dgram.createSocket('udp4');
server.bind(0, 'localhost', () => {
  log(server.address().address);
  const port = server.address().port;
  server.once('message', (message, info) => {
    log('message', message, info.address);
    client.connect(port, 'localhost', () => {
      log(client.remoteAddress().address);
      server.once('message', (second) => {
        log('message', second);
        server.close();
      });
      client.send('connected', () => client.close());
    });
  });
  client.send('by name', port, 'localhost', (err, bytes) => log('sent', err, bytes));
});
