// setTimeout(0) switches the timer off, with its callback if that is given; a new one replaces the old
const net = require('net');
const { log } = require('./prelude');

const server = net.createServer((peer) => peer.resume());
server.listen(0, '127.0.0.1', () => {
  const socket = net.connect(server.address().port, '127.0.0.1');
  const never = () => log('never');
  socket.on('connect', () => {
    socket.setTimeout(10, never);
    log(socket.listenerCount('timeout'), socket.timeout);
    socket.setTimeout(0);
    log(socket.listenerCount('timeout'), socket.timeout);
    socket.setTimeout(0, never);
    log(socket.listenerCount('timeout'), socket.timeout);
    setTimeout(() => {
      socket.setTimeout(5, () => log('first'));
      socket.setTimeout(20, () => {
        log('second', socket.timeout, socket.listenerCount('timeout'));
        socket.end();
      });
    }, 40);
  });
  socket.on('close', () => server.close());
});
