// the addresses of both ends, before, while and after the connection is made
const net = require('net');
const { log, mask } = require('./prelude');

const server = net.createServer((peer) => {
  mask(peer.remotePort, 'CLIENT');
  log('peer', peer.remoteAddress, peer.remotePort, peer.remoteFamily, peer.address());
  log('peer', peer.localAddress, peer.localPort, peer.localFamily, peer.server === server);
  peer.end('go');
});
server.listen(0, '127.0.0.1', () => {
  mask(server.address().port, 'PORT');
  const socket = new net.Socket();
  const show = (label) => {
    log(label, socket.remoteAddress, socket.remotePort, socket.remoteFamily, socket.address());
    log(label, socket.localAddress, socket.localPort, socket.localFamily, socket.server);
  };
  show('new');
  socket.connect(server.address().port, '127.0.0.1');
  socket.on('data', () => show('open'));
  socket.on('close', () => server.close());
});
