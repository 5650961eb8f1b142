// setInterval: again and again, with arguments, until cleared - by clearTimeout as well, and from within
const { log } = require('./prelude');

let count = 0;
const interval = setInterval((...args) => {
  count += 1;
  log('interval', count, ...args);
  process.nextTick(() => log('tick', count));
  if (count < 3) return;
  clearInterval(interval);
  const other = setInterval(() => {
    count += 1;
    log('other', count);
    if (count === 5) clearTimeout(other);
  }, 1);
  clearInterval(setTimeout(() => log('never'), 1));
}, 2, 'x', 7);
process.on('exit', () => log('exit', count));
