// a lookup that answers nonsense: the error is emitted and says what was wrong
const net = require('net');
const { log, trace } = require('./prelude');

const run = (name, ip, family, after) => {
  const lookup = (host, options, done) => setImmediate(() => done(null, ip, family));
  const socket = net.connect({ port: 8080, host: 'some.name', lookup: lookup, autoSelectFamily: false });
  trace(name, socket, ['lookup', 'connectionAttempt', 'error', 'close']);
  socket.on('error', (err) => log(err.code, err.host, err.port));
  socket.on('close', () => after());
};
run('ip', '1.2.3', 4, () => run('family', '127.0.0.1', 5, () => log('done')));
