// listeners of 'message' that come and go while messages come
const dgram = require('dgram');
const { log, trace } = require('./prelude');

const server = trace('server', dgram.createSocket('udp4'), ['listening', 'error', 'close']);
const second = (message) => {
  log('second', message);
  server.off('message', second);
  server.once('message', (m) => {
    log('once', m);
    server.on('message', third);
    server.on('message', (n) => log('beside', n));
  });
};
const third = (message) => {
  log('third', message);
  if (message.toString() === '5') server.removeAllListeners('message').on('message', last);
};
const last = (message, info) => {
  log('last', message);
  info.address = 'changed';
  info.size = -1;
  server.prependListener('message', (m, i) => log('first of all', m, i.address, i.size, i === info));
  if (message.toString() === '7') server.close();
};
server.on('message', function first(message) {
  log('first', message);
  server.off('message', first);
  server.on('message', second);
});
server.bind(0, '127.0.0.1', () => {
  const client = dgram.createSocket('udp4');
  const port = server.address().port;
  let i = 0;
  const next = () => {
    if (++i > 9) return client.close();
    client.send(String(i), port, '127.0.0.1', next);
  };
  next();
});
