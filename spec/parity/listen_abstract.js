// an abstract Unix path (a NUL first): listens, connects, frees the name at once when closed
const net = require('net');
const { log, mask } = require('./prelude');

const path = `\0moonport-parity-${process.pid}`;
mask(path, 'ABSTRACT');
const server = net.createServer((socket) => {
  socket.on('data', (chunk) => log('data', chunk));
  socket.on('close', () => {
    server.close(() => log('closed'));
    server.listen(path, () => server.close(() => log('closed again')));
  });
});
server.listen(path, () => {
  log(server.address(), server.address() === path);
  net.connect(path).resume().end('hello');
});
