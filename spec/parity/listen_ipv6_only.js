// ipv6Only: IPv4 clients are refused, IPv6 clients come in
const net = require('net');
const { log, mask } = require('./prelude');

const server = net.createServer((socket) => {
  log('connection', socket.remoteAddress, socket.remoteFamily);
  socket.destroy();
  server.close(() => log('closed'));
});
server.listen({ port: 0, host: '::', ipv6Only: true }, () => {
  mask(server.address().port, 'PORT');
  log(server.address());
  net.connect(server.address().port, '127.0.0.1').on('error', (err) => {
    log(err);
    net.connect(server.address().port, '::1').resume();
  });
});
