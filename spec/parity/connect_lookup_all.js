// a custom lookup with `all` (autoSelectFamily): one 'lookup' event for each address
const net = require('net');
const { log, mask, trace } = require('./prelude');

const server = net.createServer((peer) => peer.end());
server.listen(0, '127.0.0.1', () => {
  const port = server.address().port;
  mask(port, 'PORT');
  const lookup = (host, options, done) => {
    log('asked for', host, options.family || 0, options.all || false);
    setImmediate(() => {
      done(null, [{ address: '127.0.0.1', family: 4 }, { address: '127.0.0.2', family: 4 }]);
      log('told');
    });
  };
  const socket = net.connect({ port: port, host: 'some.name', lookup: lookup });
  trace('socket', socket, ['lookup', 'connectionAttempt', 'connectionAttemptFailed', 'connect', 'ready', 'close']);
  socket.on('connect', () => log(socket.remoteAddress, socket.autoSelectFamilyAttemptedAddresses));
  socket.resume().on('close', () => server.close());
});
