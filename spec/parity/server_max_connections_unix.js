// maxConnections on a Unix socket: 'drop' without an argument
const net = require('net');
const { log, tmp } = require('./prelude');

const path = tmp('drop.sock');
const server = net.createServer((socket) => {
  log('connection');
  net.connect(path).resume();
  server.on('drop', (...args) => {
    log('drop', args[0]);
    socket.destroy();
    server.close(() => log('closed'));
  });
});
server.maxConnections = 1;
server.listen(path, () => net.connect(path).resume());
