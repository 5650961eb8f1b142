// ref, unref, hasRef: an unref'd timer, interval or immediate does not keep the program alive
const { log } = require('./prelude');

const timer = setTimeout(() => log('never'), 5000);
log(timer.hasRef(), timer.unref() === timer, timer.hasRef(), timer.unref().hasRef());
const interval = setInterval(() => log('never'), 5000);
log(interval.hasRef(), interval.unref().hasRef());
setTimeout(() => log('unref, but due before'), 1).unref();
const again = setTimeout(() => log('ref again'), 10);
log(again.unref().ref() === again, again.hasRef());
const immediate = setImmediate(() => {});
log(immediate.hasRef(), immediate.unref().hasRef(), immediate.ref() === immediate, immediate.hasRef());
process.on('exit', () => log('exit', timer.hasRef()));
