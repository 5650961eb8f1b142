// a socket is an emitter
const dgram = require('dgram');
const EventEmitter = require('events');
const { attempt, log } = require('./prelude');

const socket = dgram.createSocket('udp4', () => {});
log(socket.eventNames(), socket.getMaxListeners(), socket.listenerCount('message'));
socket.on('newListener', (name) => log('newListener', typeof name === 'symbol' ? 'errorMonitor' : name));
socket.on('removeListener', (name) => log('removeListener', name));
socket.once('a', (value) => log('a', value));
log(socket.emit('a', 1), socket.emit('a', 2));
socket.on(EventEmitter.errorMonitor, (err) => log('monitor', err));
socket.on('error', (err) => log('error', err));
socket.emit('error', new Error('made up'));
socket.color = 'red';
log(socket.color, socket.nothing);
attempt('listener', () => socket.on('message', 5));
