// a custom lookup without `all`: what it is asked, the 'lookup' event, then the attempt
const net = require('net');
const { log, mask, trace } = require('./prelude');

const server = net.createServer((peer) => peer.end());
server.listen(0, '127.0.0.1', () => {
  const port = server.address().port;
  mask(port, 'PORT');
  const lookup = (host, options, done) => {
    log('asked for', host, options.family || 0, options.all || false);
    setImmediate(() => {
      done(null, '127.0.0.1', 4);
      log('told');
    });
  };
  const socket = net.connect({ port: port, host: 'some.name', lookup: lookup, autoSelectFamily: false });
  trace('socket', socket, ['lookup', 'connectionAttempt', 'connect', 'ready', 'close']);
  log('connect returned', socket.connecting, socket.autoSelectFamilyAttemptedAddresses);
  socket.resume().on('close', () => server.close());
});
