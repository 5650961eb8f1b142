// autoSelectFamily with one address only: no list of attempted addresses; without a host it is 'localhost'
const net = require('net');
const { log, mask, trace } = require('./prelude');

const server = net.createServer((peer) => peer.end());
server.listen(0, '127.0.0.1', () => {
  const port = server.address().port;
  mask(port, 'PORT');
  const lookup = (host, options, done) => {
    log('asked for', host, options.all);
    setImmediate(() => done(null, [{ address: '127.0.0.1', family: 4 }]));
  };
  const socket = net.connect({ port: port, lookup: lookup });
  trace('socket', socket, ['lookup', 'connectionAttempt', 'connect', 'close']);
  socket.on('connect', () => log(socket.autoSelectFamilyAttemptedAddresses));
  socket.resume().on('close', () => server.close());
});
