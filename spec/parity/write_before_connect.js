// writes and the end before the connection are queued and go out in order; 'finish' waits
const net = require('net');
const { log, trace } = require('./prelude');

let heard = '';
const server = net.createServer((peer) => peer.on('data', (chunk) => { heard += chunk; }));
server.listen(0, '127.0.0.1', () => {
  const socket = new net.Socket();
  trace('socket', socket, ['connect', 'drain', 'prefinish', 'finish', 'end', 'close']);
  socket.connect(server.address().port, '127.0.0.1');
  log(socket.write('one ', () => log('one')), socket.write('two ', () => log('two')));
  log(socket.end('three', () => log('end')));
  log(socket.writable, socket.writableEnded, socket.writableFinished, socket.writableLength, socket.readyState);
  socket.resume().on('close', () => server.close(() => log('server heard', heard)));
});
