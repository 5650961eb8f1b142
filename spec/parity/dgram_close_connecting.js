// close() behind connect() waits until the socket is bound; 'connect' never comes
const dgram = require('dgram');
const { log, trace } = require('./prelude');

const socket = trace('socket', dgram.createSocket('udp4'), ['listening', 'connect', 'error', 'close']);
socket.connect(1, '127.0.0.1', () => log('never'));
log(socket.close(() => log('callback')) === socket);
process.nextTick(() => log('tick'));
