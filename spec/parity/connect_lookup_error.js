// a lookup that fails: 'lookup' with the error, then 'error' with the very same, then 'close'
const net = require('net');
const { log, trace } = require('./prelude');

const failure = new Error('no such name');
const lookup = (host, options, done) => setImmediate(() => done(failure));
const run = (name, auto, after) => {
  const socket = net.connect({ port: 8080, host: 'some.name', lookup: lookup, autoSelectFamily: auto });
  socket.on('lookup', (err, address, family, host) => log(name, 'lookup', err, address, family, host));
  trace(name, socket, ['connectionAttempt', 'error', 'close']);
  socket.on('error', (err) => log(name, err === failure, socket.destroyed, socket.connecting));
  socket.on('close', () => after());
};
run('single', false, () => run('auto', true, () => log('done')));
