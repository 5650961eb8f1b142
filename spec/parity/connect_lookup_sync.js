// a lookup that answers at once: 'lookup' and 'connectionAttempt' come inside connect()
const net = require('net');
const { log, mask, trace } = require('./prelude');

const server = net.createServer((peer) => peer.end());
server.listen(0, '127.0.0.1', () => {
  const port = server.address().port;
  mask(port, 'PORT');
  const lookup = (host, options, done) => {
    log('asked for', host);
    done(null, '127.0.0.1', 4);
    log('told');
  };
  const socket = trace('socket', new net.Socket(), ['lookup', 'connectionAttempt', 'connect', 'ready', 'close']);
  socket.connect({ port: port, host: 'some.name', lookup: lookup, autoSelectFamily: false });
  log('connect returned', socket.connecting);
  socket.resume().on('close', () => server.close());
});
