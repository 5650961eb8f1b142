// an error in the main chunk: ticks and timers made before still run when uncaughtException is heard
const { log } = require('./prelude');

process.on('uncaughtException', (err, origin) => {
  log('uncaught', err, origin);
  process.nextTick(() => log('tick of the listener'));
});
process.on('uncaughtException', () => log('second listener'));
process.once('exit', (code) => log('exit', code));
process.nextTick(() => log('tick'));
setTimeout(() => log('timer'), 2);
throw new RangeError('in main');
