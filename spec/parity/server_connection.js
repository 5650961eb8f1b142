// what a 'connection' listener finds: the server, both addresses, an open socket; own fields stay
const net = require('net');
const { log } = require('./prelude');

let client;
const server = net.createServer();
server.name = 'front';
log(server.name, server.nothing);
server.on('connection', (socket) => {
  log(socket.server === server, socket.server.name);
  log(socket.connecting, socket.pending, socket.destroyed, socket.readyState);
  log(socket.remotePort === client.localPort, socket.localPort === server.address().port);
  log(socket.bytesRead, socket.bytesWritten, socket.timeout, socket.allowHalfOpen);
  socket.id = 7;
  socket.on('close', () => log('close', socket.id, socket.destroyed, socket.readyState));
  socket.destroy();
  server.close();
});
server.listen(0, '127.0.0.1', () => {
  client = net.connect(server.address().port, '127.0.0.1').resume();
});
