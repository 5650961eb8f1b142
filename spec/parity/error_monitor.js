// errorMonitor listeners hear an error first and do not handle it
const EventEmitter = require('events');
const { log, attempt } = require('./prelude');

const emitter = new EventEmitter();
emitter.on(EventEmitter.errorMonitor, (err) => log('monitor', err));
attempt('monitor alone', () => emitter.emit('error', new Error('one')));
emitter.prependListener('error', (err) => log('listener', err));
attempt('with a listener', () => emitter.emit('error', new Error('two')));
emitter.removeAllListeners(EventEmitter.errorMonitor);
attempt('monitor removed', () => emitter.emit('error', new Error('three')));
log(emitter.listenerCount(EventEmitter.errorMonitor), emitter.listenerCount('error'));
const server = require('net').createServer();
server.once(EventEmitter.errorMonitor, (err) => log('server monitor', err.code));
server.on('error', (err) => log('server listener', err.code));
server.listen({ fd: 900 });
