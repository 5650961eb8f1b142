// timers and ticks want a function; odd times count as 1 ms
const { attempt, log } = require('./prelude');

attempt('setTimeout', () => setTimeout());
attempt('setTimeout string', () => setTimeout('x', 5));
attempt('setInterval', () => setInterval(5, 5));
attempt('setImmediate', () => setImmediate());
attempt('nextTick', () => process.nextTick(true));
attempt('clearTimeout', () => clearTimeout());
attempt('clearInterval', () => clearInterval(undefined));
attempt('clearImmediate', () => clearImmediate());
setTimeout(() => {
  log('negative');
  setTimeout(() => {
    log('no time');
    setTimeout(() => log('fraction'), 0.5);
  });
}, -20);
