// unpipe() without an argument lets all destinations go, in the order of the pipes
const net = require('net');
const { log } = require('./prelude');

const from = new net.Socket();
const sinks = [];
for (const name of ['a', 'b', 'c']) {
  const to = new net.Socket();
  to.on('pipe', () => log('pipe', name));
  to.on('unpipe', (src) => log('unpipe', name, src === from));
  sinks.push(from.pipe(to));
}
log(from.unpipe(sinks[1]) === from, from.readableFlowing);
log(from.unpipe() === from, from.readableFlowing, from.isPaused());
