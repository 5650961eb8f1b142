// connect() again in 'close' after a refusal: the usual way to retry
const net = require('net');
const { log, mask, trace } = require('./prelude');

const server = net.createServer((peer) => peer.end('hello'));
server.listen(0, '127.0.0.1', () => {
  const port = server.address().port;
  mask(port, 'PORT');
  server.close(() => {
    const socket = trace('socket', new net.Socket(), ['connect', 'ready', 'data', 'end', 'error', 'close']);
    let tries = 0;
    socket.on('close', () => {
      tries += 1;
      log('tries', tries);
      if (tries === 1) socket.connect(port, '127.0.0.1');
      else if (tries === 2) server.listen(port, '127.0.0.1', () => socket.connect(port, '127.0.0.1'));
      else server.close();
    });
    socket.connect(port, '127.0.0.1');
  });
});
