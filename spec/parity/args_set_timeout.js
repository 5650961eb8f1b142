// socket.setTimeout(): the number and the callback; what stays in timeout
const net = require('net');
const { attempt, log } = require('./prelude');

const socket = new net.Socket();
log(socket.timeout);
attempt('nothing', () => socket.setTimeout());
attempt('string', () => socket.setTimeout('100'));
attempt('negative', () => socket.setTimeout(-1));
attempt('callback', () => socket.setTimeout(100, 5));
log(socket.listenerCount('timeout'));
attempt('good', () => socket.setTimeout(1000, () => {}));
log(socket.timeout, socket.listenerCount('timeout'));
attempt('fraction', () => socket.setTimeout(0.5));
attempt('off', () => socket.setTimeout(0));
log(socket.timeout, socket.listenerCount('timeout'));
