// a listener that throws ends the emit: the rest is not called, the error reaches the caller of emit
const EventEmitter = require('events');
const { log, attempt } = require('./prelude');

const emitter = new EventEmitter();
emitter.on('x', () => log('first'));
emitter.once('x', () => { throw new Error('in a listener'); });
emitter.on('x', () => log('third'));
attempt('emit', () => emitter.emit('x'));
attempt('again', () => emitter.emit('x'));
emitter.on('outer', () => emitter.emit('inner'));
emitter.on('outer', () => log('not called'));
emitter.on('inner', () => { throw new TypeError('from within'); });
attempt('nested', () => emitter.emit('outer'));
emitter.on('newListener', () => { throw new RangeError('no more'); });
attempt('on', () => emitter.on('y', () => {}));
log(emitter.listenerCount('y'));
