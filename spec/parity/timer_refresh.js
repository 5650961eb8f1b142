// refresh: revives a timer that fired, starts a waiting one anew, does nothing for one that was cleared
const { log } = require('./prelude');

const cleared = setTimeout(() => log('never'), 2);
clearTimeout(cleared);
log(cleared.refresh() === cleared);
let count = 0;
const fired = setTimeout(() => {
  count += 1;
  log('fired', count);
  if (count < 3) return fired.refresh();
  setTimeout(() => {
    setTimeout(() => log('between'), 60);
    log(waiting.refresh() === waiting);
  }, 80);
  const waiting = setTimeout(() => log('refreshed'), 100);
}, 2);
