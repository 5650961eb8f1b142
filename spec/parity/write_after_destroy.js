// write() and end() after destroy(): false, only the callbacks hear of it, no 'error'
const net = require('net');
const { log, trace } = require('./prelude');

const server = net.createServer((peer) => peer.resume());
server.listen(0, '127.0.0.1', () => {
  const socket = net.connect(server.address().port, '127.0.0.1');
  trace('socket', socket, ['end', 'finish', 'error', 'close']);
  socket.on('ready', () => {
    socket.destroy();
    log('write', socket.write('x', (err) => log('callback', err, err.code)), socket.write('y'));
    log('end', socket.end('z', (err) => log('end callback', err)));
    log(socket.writableLength, socket.bytesWritten);
  });
  socket.on('close', () => {
    log('write', socket.write('x', (err) => log('late callback', err)));
    server.close();
  });
});
