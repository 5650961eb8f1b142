// localAddress and localPort choose our end; an address that is not ours fails with bind
const net = require('net');
const { log, mask, trace } = require('./prelude');

const server = net.createServer((peer) => {
  log('peer', peer.remoteAddress);
  peer.end().resume();
});
server.listen(0, '127.0.0.1', () => {
  const port = server.address().port;
  mask(port, 'PORT');
  const socket = net.connect({ port: port, host: '127.0.0.1', localAddress: '127.0.0.2' });
  socket.on('connect', () => log(socket.localAddress, socket.localFamily, socket.remoteAddress, socket.address().address));
  socket.resume().on('close', () => {
    const other = net.connect({ port: port, host: '127.0.0.1', localAddress: '203.0.113.1' });
    trace('other', other, ['connectionAttempt', 'connect', 'connectionAttemptFailed', 'error', 'close']);
    other.on('error', (err) => log(err.code, err.errno, err.syscall, err.address, err.port));
    other.on('close', () => server.close());
  });
});
