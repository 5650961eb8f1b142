// timers: by time, then in the order of their making; arguments; a timer of 0 is one of 1
const { log } = require('./prelude');

setTimeout(() => {
  log('200');
  setTimeout(() => log('made in a timer'), 1);
}, 200);
setTimeout(() => log('1'), 1);
setTimeout((...args) => log('0', args.length), 0);
setTimeout((...args) => log('5, first', ...args), 5, 'a', undefined, 'c');
setTimeout(() => log('5, second'), 5);
setTimeout(() => log('20'), 20);
process.nextTick(() => log('tick'));
