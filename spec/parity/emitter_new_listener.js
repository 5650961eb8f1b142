// 'newListener' comes before the listener is there, with the function itself, also for once
const EventEmitter = require('events');
const { log } = require('./prelude');

const emitter = new EventEmitter();
const listener = () => log('listener');
emitter.on('newListener', (event, added) => log('new', event, added === listener, emitter.listenerCount(event)));
emitter.on('x', listener);
emitter.once('x', listener);
emitter.prependListener('y', () => {});
emitter.on('newListener', () => {});
emitter.removeAllListeners('newListener');
emitter.once('newListener', (event) => {
  if (event === 'z') emitter.on('z', () => log('inserted before'));
});
emitter.on('z', () => log('z'));
emitter.emit('z');
const server = require('net').createServer();
server.on('newListener', (event) => log('server', event));
server.once('close', listener);
