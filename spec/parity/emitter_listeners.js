// listeners() and rawListeners() are copies; a raw once listener can be called and is gone then
const EventEmitter = require('events');
const { log } = require('./prelude');

const emitter = new EventEmitter();
const plain = (a) => log('plain', a);
const once = (a) => log('once', a);
emitter.on('x', plain).once('x', once);
const list = emitter.listeners('x');
log(list.length, list[0] === plain, list[1] === once);
list.pop();
log(emitter.listenerCount('x'), emitter.listeners('nothing').length, emitter.rawListeners('nothing').length);
const raw = emitter.rawListeners('x');
log(raw.length, raw[0] === plain, raw[1] === once);
raw[1]('by hand');
log(emitter.listenerCount('x'));
raw[1]('again');
emitter.emit('x', 'emitted');
