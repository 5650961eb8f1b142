// write() and destroy() right after it: what the kernel could take arrives, the callback succeeds
const net = require('net');
const { log, trace } = require('./prelude');

let heard = '';
const server = net.createServer((peer) => {
  peer.on('data', (chunk) => { heard += chunk; });
  peer.on('end', () => log('server heard', heard));
});
server.listen(0, '127.0.0.1', () => {
  const socket = net.connect(server.address().port, '127.0.0.1');
  socket.on('connect', () => {
    log(socket.write('good', (err) => log('first', err)), socket.write('bye', (err) => log('second', err)));
    socket.destroy();
    log(socket.bytesWritten, socket.writableLength);
  });
  trace('socket', socket, ['drain', 'finish', 'error', 'close']);
  socket.on('close', () => server.close(() => log('closed')));
});
