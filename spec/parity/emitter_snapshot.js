// emit walks the list it found: who is removed still hears it, who is added does not
const EventEmitter = require('events');
const { log } = require('./prelude');

const emitter = new EventEmitter();
const late = () => log('late');
const last = () => log('last');
emitter.on('x', () => {
  log('first');
  emitter.off('x', last);
  emitter.on('x', late);
  emitter.prependListener('x', late);
});
emitter.on('x', () => log('middle', emitter.listenerCount('x')));
emitter.on('x', last);
emitter.emit('x');
log(emitter.listenerCount('x'), emitter.listeners('x')[0] === late);
emitter.removeAllListeners('x');
emitter.on('x', () => emitter.removeAllListeners());
emitter.on('x', () => log('still called', emitter.listenerCount('x')));
log(emitter.emit('x'), emitter.emit('x'));
