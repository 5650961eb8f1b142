// unref() on both ends and the server: the process ends although all are open; before connect too
const net = require('net');
const { log } = require('./prelude');

process.on('exit', () => log('exit'));
const server = net.createServer((peer) => {
  peer.on('close', () => log('never'));
  log('peer', peer.unref());
  peer.write('hello');
});
server.listen(0, '127.0.0.1', () => {
  const socket = new net.Socket();
  log('unref', socket.unref());
  socket.on('data', (chunk) => {
    log('data', chunk);
    log('server', server.unref());
  });
  socket.on('close', () => log('never'));
  socket.connect(server.address().port, '127.0.0.1');
});
