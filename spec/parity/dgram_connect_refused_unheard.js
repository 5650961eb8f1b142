// the same with nobody who listens to 'error': the program ends
const dgram = require('dgram');
const { log, trace } = require('./prelude');

const socket = trace('socket', dgram.createSocket('udp4'), ['connect', 'close']);
process.on('exit', (code) => log('exit', code));
socket.connect(1, '127.0.0.1', () => socket.send('x', (err, bytes) => log('sent', err, bytes)));
