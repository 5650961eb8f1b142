// a server on a Unix path: address() is the path, sockets have no addresses, close() removes the file
const net = require('net');
const { log, tmp, trace } = require('./prelude');

const path = tmp('unix.sock');
const server = trace('server', net.createServer(), ['listening', 'close', 'error']);
server.on('connection', (socket) => {
  log(socket.remoteAddress, socket.remotePort, socket.remoteFamily, socket.localAddress, socket.localPort);
  log(socket.server === server, socket.readyState);
  socket.on('data', (chunk) => log('data', chunk));
  socket.on('close', () => server.close());
});
server.listen(path);
log(server.listening, server.address());
server.once('listening', () => net.connect(path).resume().end('over unix'));
server.once('close', () => {
  log(server.listening);
  server.removeAllListeners('close').listen(path, () => server.close(() => log('the file was gone')));
});
