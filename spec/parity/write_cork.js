// cork() holds writes, uncork() sends them; corks are counted
const net = require('net');
const { log } = require('./prelude');

let heard = '';
const server = net.createServer((peer) => peer.on('data', (chunk) => { heard += chunk; }));
server.listen(0, '127.0.0.1', () => {
  const socket = net.connect(server.address().port, '127.0.0.1');
  socket.on('ready', () => setImmediate(() => {
    log(socket.cork(), socket.writableCorked, socket.cork(), socket.writableCorked);
    log(socket.write('one ', () => log('one')), socket.write('two ', () => log('two')));
    log(socket.writableLength, socket.writableNeedDrain);
    setTimeout(() => {
      log('heard', heard, socket.uncork(), socket.writableCorked, socket.writableLength);
      socket.uncork();
      log(socket.writableCorked, socket.writableLength);
      socket.uncork();
      log(socket.writableCorked, socket.write('three', () => socket.end()));
    }, 10);
  }));
  socket.on('close', () => server.close(() => log('heard', heard)));
});
