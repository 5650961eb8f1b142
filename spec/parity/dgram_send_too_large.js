// a message that is too large: EMSGSIZE for the callback, nothing without one; the socket goes on
const dgram = require('dgram');
const { log, mask, trace } = require('./prelude');

const server = dgram.createSocket('udp4', (message) => {
  log('message', message);
  server.close();
});
server.bind(0, '127.0.0.1', () => {
  const port = server.address().port;
  mask(port, 'PORT');
  const client = trace('client', dgram.createSocket('udp4'), ['listening', 'error', 'close']);
  const large = 'x'.repeat(65508);
  client.send(large, port, '127.0.0.1', (...args) => {
    const [err] = args;
    log(err, args.length, args[1]);
    log(err.code, err.errno, err.syscall, err.address, err.port, err.name);
  });
  client.send(large, port, '127.0.0.1');
  client.send([large.slice(1), 'xy'], port, '127.0.0.1', (err) => log(err));
  client.send(large + large, 0, 100000, port, '127.0.0.1', (err) => log(err));
  client.send('small', port, '127.0.0.1', (err, bytes) => {
    log('sent', err, bytes);
    client.close();
  });
});
