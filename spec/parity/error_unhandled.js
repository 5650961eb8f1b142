// 'error' without a listener: an Error itself is thrown, anything else as ERR_UNHANDLED_ERROR
const EventEmitter = require('events');
const net = require('net');
const { log, attempt } = require('./prelude');

const emitter = new EventEmitter();
const mine = new RangeError('mine');
try { emitter.emit('error', mine); } catch (err) { log(err === mine, err); }
attempt('string', () => emitter.emit('error', 'text'));
attempt('number', () => emitter.emit('error', 5));
attempt('boolean', () => emitter.emit('error', false));
attempt('nothing', () => emitter.emit('error'));
attempt('server', () => net.createServer().emit('error', new Error('of the server')));
emitter.once('error', (err) => log('heard', err));
attempt('heard', () => emitter.emit('error', 'text'));
attempt('once more', () => emitter.emit('error', new Error('unheard')));
emitter.on('error', () => { throw new Error('thrown by the listener'); });
attempt('thrown', () => emitter.emit('error', mine));
