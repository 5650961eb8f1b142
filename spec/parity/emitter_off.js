// off: one instance, the one added last; unknown listeners and events are no matter
const EventEmitter = require('events');
const { log } = require('./prelude');

const emitter = new EventEmitter();
const twice = () => log('twice');
const other = () => log('other');
emitter.on('x', twice).on('x', other).on('x', twice);
log(emitter.listenerCount('x'), emitter.listenerCount('x', twice));
log(emitter.off('x', twice) === emitter);
emitter.emit('x');
emitter.removeListener('x', twice);
emitter.emit('x');
emitter.off('x', twice).off('nothing', twice);
log(emitter.listenerCount('x'), emitter.listenerCount('nothing'));
emitter.off('x', other);
log(emitter.emit('x'), emitter.eventNames().length);
emitter.on('x', twice).once('x', twice).on('x', other);
emitter.off('x', twice);
emitter.emit('x');
log(emitter.emit('x'), emitter.listenerCount('x'));
