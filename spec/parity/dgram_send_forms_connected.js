// all forms of send() of a socket that has a peer
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
  client.connect(port, '127.0.0.1', () => {
    log(client.send('message'));
    log(client.send('message, callback', done));
    log(client.send('...offset, length...', 3, 14));
    log(client.send('...offset, length, callback...', 3, 24, done));
    log(client.send('...no port...', 3, 7, undefined, undefined, done));
    log(client.send('callback that is none', 'x'));
    log(client.send(['a ', 'list'], done));
    log(client.send('', done));
    log(client.send([], done));
    attempt('port', () => client.send('x', port));
    attempt('port, address', () => client.send('x', port, '127.0.0.1'));
    attempt('offset, length, port', () => client.send('x', 0, 1, port));
    attempt('offset, length, port, address', () => client.send('x', 0, 1, port, '127.0.0.1'));
    attempt('all', () => client.send('x', 0, 1, port, '127.0.0.1', done));
    attempt('bounds', () => client.send('x', 0, 2));
    attempt('bounds first', () => client.send('x', 0, 2, port));
    attempt('port before message', () => client.send(5, 'x', 'y', port));
    attempt('message', () => client.send(5));
    attempt('nothing', () => client.send());
    attempt('sendto', () => client.sendto('x', 0, 1, port, '127.0.0.1'));
    client.send('last', () => client.close());
  });
});
