// end() uncorks, however often it was corked; before the connection too
const net = require('net');
const { log, trace } = require('./prelude');

let heard = '';
const server = net.createServer((peer) => peer.on('data', (chunk) => { heard += chunk; }));
server.listen(0, '127.0.0.1', () => {
  const socket = net.connect(server.address().port, '127.0.0.1');
  trace('socket', socket, ['drain', 'prefinish', 'finish', 'end', 'close']);
  socket.cork();
  socket.cork();
  socket.write('one ', () => log('one'));
  socket.on('ready', () => setImmediate(() => {
    log(socket.write('two ', () => log('two')), socket.writableLength, socket.writableCorked);
    socket.end('three', () => log('end'));
    log(socket.writableCorked, socket.writableLength);
  }));
  socket.on('close', () => server.close(() => log('heard', heard)));
});
