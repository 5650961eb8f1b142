// eventNames(): in the order of the first listener; an event without listeners is gone; listenerCount(event, f)
const EventEmitter = require('events');
const { log } = require('./prelude');

const emitter = new EventEmitter();
const f = () => {};
const g = () => {};
log(emitter.eventNames().length);
emitter.on('c', f).on('a', f).once('b', f).on('a', g);
log(emitter.eventNames());
emitter.off('a', f);
log(emitter.eventNames());
emitter.off('a', g);
log(emitter.eventNames());
emitter.on('a', f);
log(emitter.eventNames());
emitter.emit('b');
log(emitter.eventNames());
emitter.on('a', f).once('a', f).on('a', g);
log(emitter.listenerCount('a'), emitter.listenerCount('a', f), emitter.listenerCount('a', g), emitter.listenerCount('a', log));
log(emitter.listenerCount('nothing'), emitter.listenerCount('nothing', f));
