// happy eyeballs: the first address refuses, the second is listened on
const net = require('net');
const { log, mask, trace } = require('./prelude');

const server = net.createServer((peer) => peer.end());
server.listen(0, '127.0.0.1', () => {
  const port = server.address().port;
  mask(port, 'PORT');
  const lookup = (host, options, done) => setImmediate(() => {
    done(null, [{ address: '::1', family: 6 }, { address: '127.0.0.1', family: 4 }]);
  });
  const socket = net.connect({ port: port, host: 'some.name', lookup: lookup }, () => {
    log(socket.remoteAddress, socket.connecting, socket.autoSelectFamilyAttemptedAddresses);
  });
  trace('socket', socket, ['connectionAttempt', 'connectionAttemptFailed', 'connect', 'ready', 'error', 'close']);
  socket.on('connectionAttemptFailed', () => log(socket.connecting, socket.destroyed, socket.autoSelectFamilyAttemptedAddresses));
  socket.resume().on('close', () => server.close());
});
