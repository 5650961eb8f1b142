// what a socket says about itself before, while and after it connects and is destroyed
const net = require('net');
const { log, mask } = require('./prelude');

const server = net.createServer((peer) => peer.resume());
server.listen(0, '127.0.0.1', () => {
  mask(server.address().port, 'PORT');
  const socket = new net.Socket();
  const state = (label) => {
    log(label, socket.readyState, socket.connecting, socket.pending, socket.destroyed);
    log('  stream', socket.readable, socket.writable, socket.readableFlowing, socket.writableEnded, socket.readableEnded);
  };
  state('new');
  socket.on('connectionAttempt', () => state('attempt'));
  socket.on('connect', () => state('connect'));
  socket.on('ready', () => {
    state('ready');
    socket.destroy();
    state('destroy');
  });
  socket.on('close', () => {
    state('close');
    server.close();
  });
  socket.connect(server.address().port, '127.0.0.1');
  state('connect called');
});
