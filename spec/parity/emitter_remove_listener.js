// 'removeListener' comes after the removal, with the function itself; a once listener goes before it is called
const EventEmitter = require('events');
const { log } = require('./prelude');

const emitter = new EventEmitter();
const first = () => log('first');
const second = () => log('second');
emitter.on('removeListener', (event, gone) => {
  log('removed', event, gone === first ? 'first' : gone === second ? 'second' : 'other', emitter.listenerCount(event));
});
emitter.once('alone', second);
emitter.emit('alone');
emitter.on('x', first).on('x', second).on('x', first);
emitter.off('x', first);
emitter.off('x', second);
emitter.emit('x');
emitter.off('x', first);
emitter.off('x', first);
const gone = () => log('never');
emitter.on('removeListener', gone);
emitter.off('removeListener', gone);
emitter.prependOnceListener('y', first);
emitter.off('y', first);
log(emitter.eventNames());
