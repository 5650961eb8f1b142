// a lookup that fails: the very same error for the callback, without one 'error'; one that throws throws out of send()
const dgram = require('dgram');
const { attempt, log, trace } = require('./prelude');

const failure = new Error('no such name');
const lookup = (host, family, done) => {
  if (!host.endsWith('.name')) return process.nextTick(done, null, host, family);
  if (host === 'throwing.name') throw new RangeError('no names here');
  done(failure);
};
const socket = trace('socket', dgram.createSocket({ type: 'udp6', lookup: lookup }), ['listening', 'error', 'close']);
socket.bind(0, '::1', () => {
  socket.send('x', 9, 'some.name', (err, ...rest) => {
    log('callback', err, err === failure, rest.length);
    socket.send('x', 9, 'some.name');
    process.nextTick(() => log('tick'));
    socket.once('error', (second) => {
      log(second === failure);
      attempt('throws', () => socket.send('x', 9, 'throwing.name', () => log('never')));
      socket.close();
    });
  });
  log('send returned');
});
