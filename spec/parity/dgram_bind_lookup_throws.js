// a lookup that throws: out of bind()
const dgram = require('dgram');
const { attempt, trace } = require('./prelude');

const lookup = (host, family, done) => {
  if (host === 'some.name') throw new RangeError('no names here');
  done(null, host, family);
};
const socket = trace('socket', dgram.createSocket({ type: 'udp4', lookup: lookup }), ['listening', 'error', 'close']);
attempt('bind', () => socket.bind(0, 'some.name'));
attempt('close', () => socket.close() === socket);
