// write() in 'end' still goes out: our side is ended a tick later
const net = require('net');
const { log, trace } = require('./prelude');

let heard = '';
const server = net.createServer((peer) => {
  peer.on('data', (chunk) => { heard += chunk; });
  peer.end();
});
server.listen(0, '127.0.0.1', () => {
  const socket = net.connect(server.address().port, '127.0.0.1');
  trace('socket', socket.resume(), ['prefinish', 'finish', 'error', 'close']);
  socket.on('end', () => {
    log('end', socket.writable, socket.writableEnded);
    log('write', socket.write('last words', (err) => log('callback', err)));
  });
  socket.on('close', () => server.close(() => log('server heard', heard)));
});
