// close() behind bind(): 'close' alone
const dgram = require('dgram');
const { attempt, log, trace } = require('./prelude');

const socket = trace('socket', dgram.createSocket('udp4'), ['listening', 'error', 'close']);
socket.bind(0, () => log('never'));
process.nextTick(() => log('tick before'));
log(socket.close(() => log('callback')) === socket);
process.nextTick(() => log('tick after'));
attempt('address', () => socket.address());
