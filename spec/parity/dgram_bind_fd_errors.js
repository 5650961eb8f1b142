// bind({ fd }) of what is no UDP socket: thrown
const dgram = require('dgram');
const net = require('net');
const { attempt, log } = require('./prelude');

attempt('nothing', () => dgram.createSocket('udp4').bind({ fd: 900 }));
attempt('callback', () => dgram.createSocket('udp6').bind({ fd: 901 }, () => log('never')));
attempt('exclusive', () => dgram.createSocket('udp4').bind({ fd: 900, exclusive: true, port: 5, address: '127.0.0.1' }));
const server = net.createServer().listen(0, () => {
  attempt('a server', () => dgram.createSocket('udp4').bind({ fd: server._handle.fd }));
  server.close();
});
for (const fd of [0, -1, '900', 1.5]) { // no descriptor at all: as if it were not there
  const socket = dgram.createSocket('udp4');
  socket.bind({ fd: fd, address: '127.0.0.1' }, () => {
    log(fd, socket.address().address);
    socket.close();
  });
}
