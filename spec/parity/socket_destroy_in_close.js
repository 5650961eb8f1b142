// destroy(), end() and the like in 'close' change nothing, the other listeners are called
const net = require('net');
const { log, trace } = require('./prelude');

const server = net.createServer((peer) => peer.resume().end());
server.listen(0, '127.0.0.1', () => {
  const socket = net.connect(server.address().port, '127.0.0.1');
  socket.on('close', () => {
    log(socket.destroy(), socket.destroy(new Error('ignored')));
    log(socket.pause(), socket.resume(), socket.isPaused(), socket.setNoDelay(), socket.setKeepAlive(true));
    log(socket.ref(), socket.unref(), socket.setTimeout(0), socket.read());
  });
  trace('socket', socket.resume(), ['end', 'finish', 'error', 'close']);
  socket.on('close', () => server.close(() => log('closed')));
});
