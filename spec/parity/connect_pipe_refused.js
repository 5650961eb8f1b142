// no such Unix socket: the attempt inside connect(), the failure later
const net = require('net');
const { log, tmp } = require('./prelude');

const path = tmp('PIPE');
const socket = new net.Socket();
socket.on('connectionAttempt', (address) => log('connectionAttempt', address));
socket.on('connectionAttemptFailed', (address, port, family, err) => log('connectionAttemptFailed', address, port, family, err));
socket.on('error', (err) => {
  log(err);
  log(err.code, err.errno, err.syscall, err.address, err.port, socket.readyState);
});
socket.on('close', (hadError) => log('close', hadError));
socket.connect({ path: path });
log('connect returned', socket.connecting, socket.readyState);
process.nextTick(() => log('tick', socket.connecting));
