// server, socket and process are emitters with the same rules
const net = require('net');
const { log } = require('./prelude');

const subjects = [['server', net.createServer()], ['socket', new net.Socket()], ['process', process]];
for (const [name, emitter] of subjects) {
  const listener = (...args) => log(name, 'heard', ...args);
  log(name, emitter.emit('mine'), emitter.on('mine', listener) === emitter);
  emitter.once('mine', () => log(name, 'once'));
  emitter.prependListener('mine', () => log(name, 'prepended'));
  log(name, emitter.emit('mine', 1, 'two', undefined, 4), emitter.listenerCount('mine'));
  log(name, emitter.listeners('mine')[1] === listener, emitter.listenerCount('mine', listener));
  emitter.off('mine', listener);
  log(name, emitter.emit('mine'), emitter.removeAllListeners('mine') === emitter, emitter.emit('mine'));
}
