// connect() to a name asks the option lookup; its error is told, one that it throws is thrown
const dgram = require('dgram');
const { attempt, log, trace } = require('./prelude');

const failure = new Error('no such name');
const lookup = (host, family, done) => {
  if (!host.endsWith('.name')) return process.nextTick(done, null, host, family);
  log('lookup', host, family, typeof done);
  if (host === 'throwing.name') throw new RangeError('no names here');
  setImmediate(done, host === 'bad.name' ? failure : null, host === 'wrong.name' ? 'no.ip' : '127.0.0.1', 4);
};
const socket = trace('socket', dgram.createSocket({ type: 'udp4', lookup: lookup }), ['connect', 'error', 'close']);
socket.bind(0, '127.0.0.1', () => {
  socket.connect(9, 'bad.name', (err) => {
    log('callback', err === failure);
    socket.connect(9, 'wrong.name', (second) => {
      log(second, second.address, second.port);
      socket.connect(9, 'good.name', () => {
        log(socket.remoteAddress());
        socket.disconnect();
        attempt('throws', () => socket.connect(9, 'throwing.name'));
        socket.close();
      });
    });
  });
  log('connect returned');
});
