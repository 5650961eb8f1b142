// an uncaught error without a listener: exit hears code 1, nothing further runs
const { log } = require('./prelude');

process.on('beforeExit', () => log('never'));
process.on('exit', (code) => log('exit', code, process.exitCode));
setImmediate(() => {
  process.nextTick(() => log('never'));
  log('throwing');
  throw new Error('uncaught on purpose');
});
setTimeout(() => log('never'), 5000);
setImmediate(() => log('never'));
