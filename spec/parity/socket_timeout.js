// the idle timer: once, nothing is closed; activity arms it again
const net = require('net');
const { log } = require('./prelude');

const server = net.createServer((peer) => peer.on('data', (chunk) => peer.write(chunk)));
server.listen(0, '127.0.0.1', () => {
  const socket = net.connect(server.address().port, '127.0.0.1');
  let count = 0;
  socket.on('connect', () => {
    log('returns', socket.setTimeout(60, () => log('callback')), socket.timeout);
  });
  socket.on('timeout', () => {
    count += 1;
    log('timeout', count, socket.readyState, socket.destroyed, socket.timeout);
    if (count === 1) setTimeout(() => socket.write('echo'), 90);
    else socket.end();
  });
  socket.resume();
  socket.on('close', () => server.close());
});
