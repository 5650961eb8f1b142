// addresses of autoSelectFamily's lookup that make no sense: skipped, and an error when none is left
const net = require('net');
const { log, mask, trace } = require('./prelude');

const wrong = [{ address: '1.2.3', family: 4 }, { address: '127.0.0.1', family: 5 }];
const server = net.createServer((peer) => peer.end());
server.listen(0, '127.0.0.1', () => {
  const port = server.address().port;
  mask(port, 'PORT');
  const run = (name, addresses, after) => {
    const lookup = (host, options, done) => setImmediate(() => done(null, addresses));
    const socket = net.connect({ port: port, host: 'some.name', lookup: lookup });
    trace(name, socket, ['lookup', 'connectionAttempt', 'connect', 'error', 'close']);
    socket.on('close', () => log(name, socket.autoSelectFamilyAttemptedAddresses));
    socket.resume().on('close', () => after());
  };
  const one = { address: '127.0.0.1', family: 4 };
  run('wrong', wrong, () => run('one right', [wrong[0], wrong[1], one], () => server.close()));
});
