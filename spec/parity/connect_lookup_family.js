// options.family goes to the lookup and turns autoSelectFamily off; an IP address asks no lookup
const net = require('net');
const { log, mask, trace } = require('./prelude');

const server = net.createServer((peer) => peer.end());
server.listen(0, '127.0.0.1', () => {
  const port = server.address().port;
  mask(port, 'PORT');
  const lookup = (host, options, done) => {
    log('asked for', host, options.family || 0, options.hints, options.all || false);
    setImmediate(() => done(null, '127.0.0.1', 4));
  };
  const first = net.connect({ port: port, host: 'some.name', lookup: lookup, family: 4, hints: 0 });
  trace('first', first, ['lookup', 'connectionAttempt', 'connect', 'close']);
  first.resume().on('close', () => {
    const second = net.connect({ port: port, host: '127.0.0.1', lookup: lookup, family: 4 });
    trace('second', second, ['lookup', 'connectionAttempt', 'connect', 'close']);
    second.resume().on('close', () => server.close());
  });
});
