// the option lookup is asked for the name that bind() was given
const dgram = require('dgram');
const { attempt, log, trace } = require('./prelude');

const lookup = (host, family, done) => {
  if (host !== 'some.name') return process.nextTick(done, null, host, family);
  log('lookup', host, family, typeof done);
  setImmediate(() => {
    log('answer');
    done(null, '127.0.0.1', 4);
  });
};
const socket = trace('socket', dgram.createSocket({ type: 'udp4', lookup: lookup }), ['listening', 'error', 'close']);
socket.bind(0, 'some.name', () => {
  log('callback', socket.address().address);
  socket.close();
});
log('bind returned');
attempt('address', () => socket.address());
process.nextTick(() => log('tick'));
