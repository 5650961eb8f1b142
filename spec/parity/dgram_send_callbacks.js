// callbacks of send(): in the order of the sends, each in a tick of its own, with the number of bytes
const dgram = require('dgram');
const { log } = require('./prelude');

const server = dgram.createSocket('udp4', (message) => {
  log('message', message);
  if (message.toString() === 'after') server.close();
});
server.bind(0, '127.0.0.1', () => {
  const port = server.address().port;
  const client = dgram.createSocket('udp4');
  client.bind(0, '127.0.0.1', () => {
    for (const message of ['a', 'bb', 'ccc']) {
      client.send(message, port, '127.0.0.1', (...args) => {
        log('sent', message, args.length, args[0], args[1]);
        process.nextTick(() => log('tick of', message));
      });
    }
    client.send('nobody is told', port);
    client.send('after', port, (err, bytes) => {
      log('sent after', err, bytes);
      client.close();
    });
    log('send returned');
  });
});
