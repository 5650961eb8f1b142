// resetAndDestroy() after destroy(), in 'close', and twice
const net = require('net');
const { log, trace } = require('./prelude');

const server = net.createServer((peer) => {
  peer.on('error', () => { });
  peer.on('close', () => server.close());
  peer.resume();
});
server.listen(0, '127.0.0.1', () => {
  const socket = net.connect(server.address().port, '127.0.0.1');
  trace('socket', socket, ['end', 'finish', 'error', 'close']);
  socket.on('ready', () => {
    log(socket.resetAndDestroy(), socket.resetAndDestroy());
  });
  socket.on('close', () => log('again', socket.resetAndDestroy()));
});
