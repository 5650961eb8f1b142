// classes of one's own on top of EventEmitter; the fields of an emitter do not disturb its events
const EventEmitter = require('events');
const { log } = require('./prelude');

class Room extends EventEmitter {
  say(text) { return this.emit('said', text); }
  emit(name, ...args) {
    if (name === 'secret') return false;
    return super.emit(name, ...args);
  }
}
const room = new Room();
room.name = 'hall';
room.on('said', (text) => log(room.name, text)).once('secret', () => log('never'));
log(room.say('hello'), room.emit('secret'), room.listenerCount('secret'));
const other = new Room();
log(other.say('nobody here'), other.name, other.listenerCount('said'));
log(EventEmitter === EventEmitter.EventEmitter);
const bare = Object.create(EventEmitter.prototype);
bare.on('x', () => log('bare')).emit('x');
