// process.exit(n): at once, no beforeExit, no further ticks or timers; the exit listeners hear the code
const { log } = require('./prelude');

process.on('beforeExit', () => log('never'));
process.on('exit', (code) => log('exit', code, process.exitCode));
process.once('exit', () => log('second listener'));
log(process.exitCode);
setTimeout(() => log('never'), 5000);
setImmediate(() => {
  process.nextTick(() => log('never'));
  log('leaving');
  process.exit(3);
  log('never');
});
