// clearing: before, in another callback of the same time, in its own, twice, after it fired
const { log } = require('./prelude');

process.on('exit', () => log('exit'));
let first, second, other;
clearTimeout(setTimeout(() => log('never'), 1));
clearImmediate(setImmediate(() => log('never')));
setImmediate(() => {
  log('immediate');
  clearImmediate(other);
  first = setTimeout(() => {
    log('first');
    clearTimeout(second);
    clearTimeout(first);
  }, 5);
  second = setTimeout(() => log('never'), 5);
  setTimeout(() => {
    clearTimeout(first);
    clearTimeout(second);
    log('third', clearTimeout(second));
  }, 5);
});
other = setImmediate(() => log('never'));
