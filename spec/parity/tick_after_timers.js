// ticks are drained after each timer, also between two that are due together
const { log } = require('./prelude');

for (const name of ['a', 'b', 'c']) {
  setTimeout(() => {
    log('timer', name);
    process.nextTick(() => {
      log('tick', name);
      process.nextTick(() => log('tick of the tick', name));
    });
  }, 5);
}
const start = Date.now();
while (Date.now() < start + 15); // all three are due when the loop begins
