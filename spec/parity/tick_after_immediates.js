// ticks are drained after each immediate; an immediate made in an immediate waits for the next round
const { log } = require('./prelude');

for (const name of ['a', 'b', 'c']) {
  setImmediate((one, two) => {
    log('immediate', one, two);
    setImmediate(() => log('second round', name));
    process.nextTick(() => log('tick', name));
  }, name, name.toUpperCase());
}
process.nextTick(() => log('first of all'));
