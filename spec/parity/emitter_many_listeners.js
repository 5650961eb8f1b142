// the eleventh listener of an event warns once for that event; setMaxListeners moves the limit
const EventEmitter = require('events');
const { log } = require('./prelude');

process.removeAllListeners('warning');
process.on('warning', (warning) => log(warning.name, warning.message));
const emitter = new EventEmitter();
for (let i = 1; i <= 10; i += 1) emitter.on('x', () => {});
log(emitter.listenerCount('x'));
emitter.on('x', () => {});
emitter.on('x', () => {});
log(emitter.listenerCount('x'));
const quiet = new EventEmitter().setMaxListeners(0);
for (let i = 1; i <= 30; i += 1) quiet.on('x', () => {});
const server = require('net').createServer().setMaxListeners(2);
for (let i = 1; i <= 3; i += 1) server.once('close', () => {});
log('end of main');
