// hasRef, ref, unref and refresh of what has run, runs, or is cleared; Symbol.dispose
const { log } = require('./prelude');

const cleared = setTimeout(() => log('never'), 5);
clearTimeout(cleared);
log('cleared', cleared.hasRef(), cleared.unref().hasRef(), cleared.ref().hasRef());
const clearedImmediate = setImmediate(() => log('never'));
clearImmediate(clearedImmediate);
log('cleared immediate', clearedImmediate.hasRef(), clearedImmediate.ref().hasRef(), clearedImmediate.unref().hasRef());

const immediate = setImmediate(() => {
  log('immediate', immediate.hasRef(), immediate.ref().hasRef());
  setImmediate(() => {
    log('after it', immediate.hasRef(), immediate.ref().hasRef());
    timers();
  });
});
function timers() {
  let fired = 0;
  const timer = setTimeout(() => {
    fired += 1;
    log('timer', fired, timer.hasRef());
    if (fired > 1) return;
    setTimeout(() => {
      log('after it', timer.hasRef(), timer.unref().hasRef(), timer.ref().hasRef());
      timer.refresh();
      log('refreshed', timer.hasRef());
    }, 5);
  }, 1);
  const quiet = setTimeout(() => log('never'), 60000).unref();
  log('unref', quiet.refresh().hasRef());
  const interval = setInterval(() => {
    log('interval', interval.hasRef());
    clearInterval(interval);
    log('cleared', interval.hasRef());
  }, 1);
}

const disposed = setImmediate(() => log('never'));
disposed[Symbol.dispose]();
const disposedTimer = setTimeout(() => log('never'), 1);
disposedTimer[Symbol.dispose]();
log(disposed.hasRef());
