// uncaughtExceptionMonitor hears first and does not keep the program alive
const EventEmitter = require('events');
const { log } = require('./prelude');

process.on('uncaughtExceptionMonitor', (err, origin) => log('monitor', err, origin));
process.once('uncaughtException', (err) => log('heard', err));
process.on('exit', (code) => log('exit', code));
setTimeout(() => log('never'), 5000);
setImmediate(() => {
  setImmediate(() => new EventEmitter().emit('error', 'a string'));
  new EventEmitter().emit('error', new Error('unhandled'));
});
