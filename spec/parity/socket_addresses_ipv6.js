// the same over IPv6, and an IPv4 client of a server that listens everywhere
const net = require('net');
const { log, mask } = require('./prelude');

const serve = (host, client, after) => {
  const server = net.createServer((peer) => {
    log('peer', peer.remoteAddress, peer.remoteFamily, peer.localAddress, peer.localFamily);
    peer.end('go');
  });
  server.listen(0, host, () => {
    mask(server.address().port, 'PORT');
    const socket = net.connect(server.address().port, client);
    socket.on('data', () => log('client', socket.remoteAddress, socket.remoteFamily, socket.localAddress, socket.localFamily));
    socket.on('close', () => server.close(() => after()));
  });
};
serve('::1', '::1', () => serve('::', '127.0.0.1', () => log('done')));
