// once: removed before the call, so a nested emit does not call it again; off() with the original function
const EventEmitter = require('events');
const { log } = require('./prelude');

const emitter = new EventEmitter();
emitter.once('x', (depth) => {
  log('once', depth, emitter.listenerCount('x'));
  log('nested', emitter.emit('x', depth + 1));
});
log(emitter.emit('x', 1), emitter.emit('x', 2));
const listener = () => log('never');
emitter.once('y', listener);
log(emitter.listeners('y')[0] === listener, emitter.listenerCount('y', listener));
emitter.off('y', listener);
log(emitter.emit('y'), emitter.listenerCount('y'));
emitter.once('z', listener).once('z', () => emitter.off('z', listener)).off('z', listener);
log(emitter.emit('z'));
emitter.on('w', () => emitter.off('w', listener)).once('w', () => log('w'));
emitter.once('w', () => emitter.emit('w')).once('w', () => log('last'));
log(emitter.emit('w'), emitter.listenerCount('w'));
