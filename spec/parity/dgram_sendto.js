// sendto(): all arguments but the callback are wanted, each of its type
const dgram = require('dgram');
const { attempt, log } = require('./prelude');

const server = dgram.createSocket('udp4', (message) => {
  log('message', message);
  if (message.toString() === 'last') server.close();
});
server.bind(0, '127.0.0.1', () => {
  const port = server.address().port;
  const client = dgram.createSocket('udp4');
  attempt('nothing', () => client.sendto());
  attempt('message', () => client.sendto('x'));
  attempt('offset', () => client.sendto('x', '0', '1', '80', 5));
  attempt('length', () => client.sendto('x', 0, '1', '80', 5));
  attempt('no length', () => client.sendto('x', 0));
  attempt('port', () => client.sendto('x', 0, 1, '80', 5));
  attempt('no port', () => client.sendto('x', 0, 1));
  attempt('address', () => client.sendto('x', 0, 1, 80, 5));
  attempt('no address', () => client.sendto('x', 0, 1, 80));
  attempt('callback for address', () => client.sendto('x', 0, 1, 80, () => log('never')));
  attempt('port range', () => client.sendto('x', 0, 1, 0, '127.0.0.1'));
  attempt('message type', () => client.sendto(5, 0, 1, 80, '127.0.0.1'));
  attempt('bounds', () => client.sendto('x', 1, 1, 80, '127.0.0.1'));
  attempt('fine', () => client.sendto('<fine>', 1, 4, port, '127.0.0.1'));
  client.sendto('last', 0, 4, port, '127.0.0.1', (err, bytes) => {
    log('sent', err, bytes);
    client.close();
  });
});
