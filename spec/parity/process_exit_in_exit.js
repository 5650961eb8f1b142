// process.exit() in an exit listener: the listeners are not called again, the last code counts
const { log } = require('./prelude');

process.on('exit', (code) => {
  log('first', code);
  process.exit(6);
  log('never');
});
process.on('exit', () => log('second, never'));
setTimeout(() => log('timer'), 2);
