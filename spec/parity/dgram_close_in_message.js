// close() in 'message': the listeners of that event still run, no further message comes
const dgram = require('dgram');
const { log, trace } = require('./prelude');

const server = dgram.createSocket('udp4');
server.on('message', (message) => {
  log('first', message);
  if (message.toString() === 'b') server.close();
});
trace('server', server, ['error', 'close']);
server.on('message', (message, info) => log('second', message, info.size));
server.bind(0, '127.0.0.1', () => {
  const client = dgram.createSocket('udp4');
  let sent = 0;
  for (const message of ['a', 'b', 'c', 'd']) {
    client.send(message, server.address().port, '127.0.0.1', () => {
      sent += 1;
      if (sent === 4) client.close();
    });
  }
});
