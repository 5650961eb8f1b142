// every byte read or written restarts the idle timer: it fires one period after the last
const net = require('net');
const { log } = require('./prelude');

const server = net.createServer((peer) => peer.on('data', (chunk) => peer.write(chunk)));
server.listen(0, '127.0.0.1', () => {
  const socket = net.connect(server.address().port, '127.0.0.1');
  let chunks = 0;
  socket.setTimeout(120);
  socket.on('connect', () => socket.write('ping'));
  socket.on('data', () => {
    chunks += 1;
    if (chunks < 4) setTimeout(() => socket.write('ping'), 30);
  });
  socket.on('timeout', () => {
    log('timeout after', chunks);
    socket.destroy();
  });
  socket.on('close', () => server.close());
});
