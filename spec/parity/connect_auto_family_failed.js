// happy eyeballs with nobody at any address: one AggregateError with the first error's code
const net = require('net');
const { log, mask, trace } = require('./prelude');

const server = net.createServer();
server.listen(0, '127.0.0.1', () => {
  const port = server.address().port;
  mask(port, 'PORT');
  const lookup = (host, options, done) => setImmediate(() => {
    done(null, [{ address: '127.0.0.2', family: 4 }, { address: '127.0.0.1', family: 4 }]);
  });
  server.close(() => {
    const socket = net.connect({ port: port, host: 'some.name', lookup: lookup }, () => log('never'));
    trace('socket', socket, ['connectionAttempt', 'connectionAttemptFailed', 'close']);
    socket.on('error', (err) => {
      log(err.name, err.code, err.errors.length, socket.destroyed, socket.connecting);
      for (const one of err.errors) log(one, one.address);
      log(socket.autoSelectFamilyAttemptedAddresses);
    });
    socket.write('lost', (err) => log('write', err));
  });
});
