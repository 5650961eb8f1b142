// an unreferenced socket does not keep the program alive; there is no 'close' then
const dgram = require('dgram');
const { log, trace } = require('./prelude');

process.on('exit', (code) => log('exit', code));
process.on('beforeExit', () => log('beforeExit'));
for (const when of ['before', 'in', 'behind']) {
  const socket = trace(when, dgram.createSocket('udp4'), ['listening', 'close']);
  if (when === 'before') socket.unref();
  socket.bind(0, '127.0.0.1', () => {
    if (when === 'in') socket.unref();
    log('callback', when);
  });
  if (when === 'behind') socket.unref();
}
