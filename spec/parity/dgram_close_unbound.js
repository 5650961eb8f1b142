// close() of a socket that was never bound; what is no function is no callback
const dgram = require('dgram');
const { log, trace } = require('./prelude');

const socket = trace('socket', dgram.createSocket('udp6'), ['listening', 'error', 'close']);
log(socket.close('now') === socket, socket.listenerCount('close'), socket.type);
const other = dgram.createSocket('udp4');
other.close(() => log('callback'));
