// send() of an unbound socket binds it to a free port: 'listening', then the callback
const dgram = require('dgram');
const { attempt, log, trace } = require('./prelude');

const server = dgram.createSocket('udp4', (message, info) => {
  log('message', message, info.address, info.port === port);
  server.close();
});
let port;
server.bind(0, '127.0.0.1', () => {
  const client = trace('client', dgram.createSocket('udp4'), ['error', 'close']);
  client.on('listening', (...args) => {
    port = client.address().port;
    log('listening', args.length, client.address().address, client.address().family, port > 0);
  });
  client.send('hello', server.address().port, '127.0.0.1', (err, bytes) => {
    log('sent', err, bytes);
    client.close();
  });
  attempt('address', () => client.address());
  process.nextTick(() => log('tick'));
});
