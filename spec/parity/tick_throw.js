// a tick, an immediate and a timer that throw: with uncaughtException the others go on
const { log } = require('./prelude');

process.on('uncaughtException', (err, origin) => log('uncaught', err, origin));
process.nextTick(() => {
  process.nextTick(() => log('tick of the tick'));
  throw new Error('in a tick');
});
process.nextTick(() => log('second tick'));
setImmediate(() => { throw new TypeError('in an immediate'); });
setImmediate(() => {
  log('second immediate');
  setTimeout(() => { throw new RangeError('in a timer'); }, 2);
  setTimeout(() => log('second timer'), 2);
});
process.on('exit', (code) => log('exit', code));
