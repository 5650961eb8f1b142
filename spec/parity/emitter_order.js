// on, once, prependListener, prependOnceListener: who is called when; what the methods and emit return
const EventEmitter = require('events');
const { log } = require('./prelude');

const emitter = new EventEmitter();
log(emitter.emit('x'));
log(emitter.on('x', (a, b) => log('on', a, b)) === emitter);
log(emitter.addListener('x', () => log('addListener')) === emitter);
log(emitter.once('x', (...args) => log('once', args.length)) === emitter);
log(emitter.prependListener('x', () => log('prepended')) === emitter);
log(emitter.prependOnceListener('x', (a) => log('prepended once', a)) === emitter);
log(emitter.emit('x', 1, 2, 3), emitter.listenerCount('x'));
log(emitter.emit('x', undefined, 'second'), emitter.listenerCount('x'));
log(emitter.emit('y', 1));
