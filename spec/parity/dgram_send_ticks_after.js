// the callback of a send() and a tick that is asked for behind it, with an address and with a peer
const dgram = require('dgram');
const { log } = require('./prelude');

const server = dgram.createSocket('udp4').on('message', (message) => message.toString() === 'last' && server.close());
server.bind(0, '127.0.0.1', () => {
  const port = server.address().port;
  const client = dgram.createSocket('udp4');
  client.bind(0, '127.0.0.1', () => {
    client.send('x', port, '127.0.0.1', () => {
      log('sent with an address');
      client.connect(port, '127.0.0.1', () => {
        client.send('last', () => {
          log('sent with a peer');
          client.close();
        });
        process.nextTick(() => log('tick behind the peer'));
      });
    });
    process.nextTick(() => log('tick behind the address'));
  });
});
