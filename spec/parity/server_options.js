// the options of a server, readable on it, and what its sockets inherit
const net = require('net');
const { log } = require('./prelude');

const plain = net.createServer();
log(plain.allowHalfOpen, plain.pauseOnConnect, plain.noDelay, plain.keepAlive, plain.keepAliveInitialDelay);
log(plain.highWaterMark, net.createServer({ highWaterMark: -1 }).highWaterMark);
const options = { allowHalfOpen: true, noDelay: true, keepAlive: true, keepAliveInitialDelay: 2500, highWaterMark: 512 };
const server = net.createServer(options, (socket) => {
  log(socket.allowHalfOpen, socket.readableHighWaterMark, socket.writableHighWaterMark);
  socket.destroy();
  server.close();
});
log(server.allowHalfOpen, server.noDelay, server.keepAlive, server.keepAliveInitialDelay, server.highWaterMark);
log(net.createServer({ keepAliveInitialDelay: -5 }).keepAliveInitialDelay);
server.listen(0, '127.0.0.1', () => net.connect(server.address().port, '127.0.0.1').resume());
