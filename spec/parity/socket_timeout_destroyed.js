// no 'timeout' after destroy(); the timer keeps nothing alive
const net = require('net');
const { log, trace } = require('./prelude');

const server = net.createServer((peer) => peer.resume());
server.listen(0, '127.0.0.1', () => {
  const socket = net.connect(server.address().port, '127.0.0.1');
  trace('socket', socket, ['timeout', 'close']);
  socket.on('connect', () => {
    socket.setTimeout(20);
    socket.destroy();
    log(socket.timeout);
  });
  socket.on('close', () => setTimeout(() => {
    log('later', socket.timeout);
    server.close();
  }, 40));
});
const fresh = new net.Socket();
log(fresh.timeout, fresh.setTimeout(20000, () => log('never')), fresh.timeout);
