// numbers that are none and numbers without end
const net = require('net');
const { attempt } = require('./prelude');

const socket = new net.Socket();
attempt('timeout nan', () => socket.setTimeout(0 / 0));
attempt('timeout infinite', () => socket.setTimeout(1 / 0));
attempt('listen nan', () => net.createServer().listen(0 / 0));
attempt('listen infinite', () => net.createServer().listen(1 / 0));
attempt('connect nan', () => net.connect({ port: 0 / 0 }));
attempt('max nan', () => socket.setMaxListeners(0 / 0));
attempt('max infinite', () => socket.setMaxListeners(1 / 0).listenerCount('x'));
