// end() on a socket that never connected
const net = require('net');
const { log } = require('./prelude');

const socket = new net.Socket();
socket.on('error', (err) => log('error', err));
socket.on('prefinish', () => log('prefinish'));
socket.on('finish', () => log('finish'));
socket.on('end', () => log('end'));
socket.on('close', () => log('close', socket.destroyed));
log('returns', socket.end((err) => log('callback', err)));
log(socket.destroyed, socket.writable, socket.writableEnded, socket.readyState);
setTimeout(() => log(socket.destroyed, socket.readyState, socket.writableFinished), 10);
