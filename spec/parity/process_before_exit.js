// beforeExit when the loop is empty, again after each piece of work it adds; then exit
const { log } = require('./prelude');

let rounds = 0;
process.on('beforeExit', (code) => {
  rounds += 1;
  log('beforeExit', code, rounds);
  process.nextTick(() => log('tick', rounds));
  if (rounds < 3) setImmediate(() => log('more work', rounds));
});
process.on('exit', (code) => {
  log('exit', code);
  process.nextTick(() => log('never'));
  setImmediate(() => log('never'));
});
log('main');
