// what write() and end() refuse: thrown, the socket stays as it was
const net = require('net');
const { log, attempt } = require('./prelude');

const server = net.createServer((peer) => peer.resume());
server.listen(0, '127.0.0.1', () => {
  const socket = net.connect(server.address().port, '127.0.0.1');
  attempt('number', () => socket.write(5));
  attempt('float', () => socket.write(1.5));
  attempt('true', () => socket.write(true));
  attempt('table', () => socket.write({ a: 1 }));
  attempt('list', () => socket.write(['a', 'b']));
  attempt('socket', () => socket.write(socket));
  attempt('end number', () => socket.end(5));
  attempt('end true', () => socket.end(true));
  log(socket.writable, socket.writableEnded, socket.writableLength, socket.destroyed);
  socket.on('ready', () => attempt('open', () => socket.write(5)));
  socket.end('good', () => log('end'));
  socket.on('close', (hadError) => {
    log('close', hadError);
    server.close();
  });
});
