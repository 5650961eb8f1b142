// encodings that do not exist: thrown by write() and setEncoding(), nothing else happens
const net = require('net');
const { log, attempt, trace } = require('./prelude');

const server = net.createServer((peer) => peer.resume());
server.listen(0, '127.0.0.1', () => {
  const socket = net.connect(server.address().port, '127.0.0.1');
  trace('socket', socket, ['finish', 'end', 'error', 'close']);
  socket.on('ready', () => {
    attempt('write', () => socket.write('x', 'utf9'));
    attempt('write with callback', () => socket.write('x', 'UTF-32', () => log('never')));
    attempt('end', () => socket.end('x', 'latin2'));
    attempt('setEncoding', () => socket.setEncoding('utf9'));
    attempt('setDefaultEncoding', () => socket.setDefaultEncoding('utf9'));
    log(socket.writable, socket.writableEnded, socket.readableEncoding, socket.bytesWritten);
    socket.end();
  });
  socket.on('close', () => server.close());
});
