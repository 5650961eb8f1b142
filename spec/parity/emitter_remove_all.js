// removeAllListeners: last in first out, 'removeListener' for each if somebody listens to it, that one last
const EventEmitter = require('events');
const { log } = require('./prelude');

const emitter = new EventEmitter();
const names = new Map();
const listener = (name) => {
  const f = () => log('called', name);
  names.set(f, name);
  return f;
};
emitter.on('x', listener('x1')).on('x', listener('x2')).on('x', listener('x3'));
emitter.on('y', listener('y1')).on('y', listener('y2'));
emitter.on('removeListener', (event, gone) => log('removed', event, names.get(gone), emitter.listenerCount(event)));
log(emitter.removeAllListeners('x') === emitter, emitter.emit('x'));
emitter.removeAllListeners('nothing');
emitter.on('x', listener('x4')).on('z', listener('z1'));
emitter.removeAllListeners();
log(emitter.eventNames().length, emitter.listenerCount('removeListener'));
emitter.on('x', listener('x5')).removeAllListeners();
log(emitter.emit('x'));
