// all forms of send() of a socket without a peer
const dgram = require('dgram');
const { attempt, log } = require('./prelude');

const server = dgram.createSocket('udp4', (message, info) => {
  log('message', message, info.size);
  if (message.toString() === 'last') server.close();
});
server.bind(0, '127.0.0.1', () => {
  const port = server.address().port;
  const client = dgram.createSocket('udp4');
  const done = (err, bytes) => log('sent', err, bytes);
  log(client.send('port', port));
  log(client.send('port, address', port, '127.0.0.1'));
  log(client.send('port, address, callback', port, '127.0.0.1', done));
  log(client.send('port, callback', port, done));
  log(client.send('empty address', port, '', done));
  log(client.send('no address', port, undefined, done));
  log(client.send('port as string', String(port), done));
  log(client.send('port with spaces', ` ${port} `, done));
  log(client.send('port in hexadecimal', `0x${port.toString(16)}`, done));
  log(client.send('...offset, length, port', 3, 20, port));
  log(client.send('...offset, length, port, callback...', 3, 30, port, done));
  log(client.send('...offset, length, port, address', 3, 29, port, '127.0.0.1'));
  log(client.send('...all of them...', 3, 11, port, '127.0.0.1', done));
  log(client.send('...no address...', 3, 10, port, undefined, done));
  attempt('callback that is none', () => client.send('x', port, '127.0.0.1', 5));
  log(client.send('x', port, '127.0.0.1', false));
  log(client.send('last', port, '127.0.0.1', () => client.close()));
});
