// connect to a Unix socket: 'connectionAttempt' comes inside connect(), there are no addresses
const net = require('net');
const { log, tmp } = require('./prelude');

const path = tmp('PIPE');
const server = net.createServer((peer) => peer.end('hello'));
server.listen(path, () => {
  const socket = new net.Socket();
  socket.on('connectionAttempt', (address) => log('connectionAttempt', address, socket.connecting));
  socket.on('lookup', () => log('never'));
  socket.on('connect', () => log('connect', socket.connecting, socket.remoteAddress, socket.remotePort, socket.remoteFamily));
  socket.on('ready', () => log('ready', socket.localAddress, socket.localPort, socket.address()));
  socket.on('data', (chunk) => log('data', chunk));
  socket.on('close', (hadError) => {
    log('close', hadError);
    server.close();
  });
  socket.connect(path, () => log('callback'));
  log('connect returned', socket.connecting, socket.readyState);
});
