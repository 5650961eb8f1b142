// nextTick: after the main chunk, first in first out, with arguments, drained until empty before anything else
const { log } = require('./prelude');

setImmediate(() => log('immediate'));
process.nextTick(() => {
  log('one');
  process.nextTick(() => {
    log('four');
    process.nextTick(() => log('five'));
  });
});
process.nextTick((a, b, c) => log('two', a, b, c), 'a', undefined, 'c');
process.nextTick((...args) => log('three', args.length));
log('main', process.nextTick(() => {}));
