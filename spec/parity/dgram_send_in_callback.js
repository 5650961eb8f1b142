// send() in the callback of a send(): its own callback comes later
const dgram = require('dgram');
const { log } = require('./prelude');

const server = dgram.createSocket('udp4', (message) => {
  log('message', message);
  if (message.toString() === '4') server.close();
});
server.bind(0, '127.0.0.1', () => {
  const client = dgram.createSocket('udp4');
  let n = 0;
  const next = (err, bytes) => {
    log('sent', n, err, bytes);
    n += 1;
    if (n > 4) return client.close();
    client.send(String(n), server.address().port, '127.0.0.1', next);
    log('sending', n);
    process.nextTick(() => log('tick'));
  };
  client.send('0', server.address().port, '127.0.0.1', next);
});
