// every byte of a large answer comes before 'end', whatever its chunks; bytesRead agrees
const net = require('net');
const { log } = require('./prelude');

const server = net.createServer((peer) => {
  peer.resume();
  peer.write('a'.repeat(100000));
  peer.write('b'.repeat(1000000));
  peer.end('c');
});
server.listen(0, '127.0.0.1', () => {
  const socket = net.connect(server.address().port, '127.0.0.1');
  let total = 0;
  socket.on('data', (chunk) => { total += chunk.length; });
  socket.on('end', () => log('end', total, socket.bytesRead));
  socket.on('close', () => {
    log('close', total, socket.bytesRead, socket.bytesWritten);
    server.close();
  });
});
