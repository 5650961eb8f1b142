// what is sent while bind() waits leaves after 'listening', in order
const dgram = require('dgram');
const { attempt, log, trace } = require('./prelude');

const server = dgram.createSocket('udp4', (message) => {
  log('message', message);
  if (message.toString() === 'fourth') server.close();
});
server.bind(0, '127.0.0.1', () => {
  const port = server.address().port;
  const client = trace('client', dgram.createSocket('udp4'), ['listening', 'error', 'close']);
  client.bind(0, '127.0.0.1', () => log('callback'));
  client.send('first', port, '127.0.0.1', (err, bytes) => log('sent first', err, bytes));
  client.send('second', port);
  client.send(['th', 'ird'], port, (err, bytes) => log('sent third', err, bytes));
  client.send('the fourth', 4, 6, port, '127.0.0.1', (err, bytes) => {
    log('sent fourth', err, bytes);
    client.close();
  });
  attempt('address', () => client.address());
  process.nextTick(() => log('tick'));
});
