// every property of a socket that was only made
const net = require('net');
const { log } = require('./prelude');

const socket = new net.Socket();
log(socket.connecting, socket.pending, socket.destroyed, socket.readyState, socket.timeout);
log(socket.bytesRead, socket.bytesWritten, socket.bufferSize, socket.allowHalfOpen, socket.server);
log(socket.remoteAddress, socket.remotePort, socket.remoteFamily, socket.localAddress, socket.localPort, socket.localFamily);
log(socket.readable, socket.readableFlowing, socket.readableEnded, socket.readableLength, socket.readableEncoding);
log(socket.writable, socket.writableEnded, socket.writableFinished, socket.writableLength);
log(socket.writableNeedDrain, socket.writableCorked, socket.errored, socket.closed);
log(socket.readableHighWaterMark, socket.writableHighWaterMark, socket.autoSelectFamilyAttemptedAddresses);
log(socket.isPaused(), socket.address(), socket.read());
const small = new net.Socket({ highWaterMark: 10, allowHalfOpen: true });
log(small.readableHighWaterMark, small.writableHighWaterMark, small.allowHalfOpen);
const both = new net.Socket({ readableHighWaterMark: 5, writableHighWaterMark: 7 });
log(both.readableHighWaterMark, both.writableHighWaterMark);
log(net.Socket === net.Stream, net.connect === net.createConnection);
