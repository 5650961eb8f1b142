// setMaxListeners(): bounds, returns the emitter, the default for all
const EventEmitter = require('events');
const { attempt, log } = require('./prelude');

const emitter = new EventEmitter();
log(emitter.getMaxListeners(), EventEmitter.defaultMaxListeners);
attempt('negative', () => emitter.setMaxListeners(-1));
attempt('string', () => emitter.setMaxListeners('x'));
attempt('nothing', () => emitter.setMaxListeners());
log(emitter.setMaxListeners(3) === emitter, emitter.getMaxListeners());
log(emitter.setMaxListeners(0).getMaxListeners());
EventEmitter.defaultMaxListeners = 20;
log(new EventEmitter().getMaxListeners(), emitter.getMaxListeners());
attempt('default', () => { EventEmitter.defaultMaxListeners = -1; });
log(EventEmitter.defaultMaxListeners);
