// pause() before the connection: no data although there is a listener, until resume()
const net = require('net');
const { log, trace } = require('./prelude');

const server = net.createServer((peer) => peer.end('hello'));
server.listen(0, '127.0.0.1', () => {
  const socket = net.connect(server.address().port, '127.0.0.1');
  trace('socket', socket.pause(), ['connect', 'ready', 'pause', 'resume', 'data', 'end', 'close']);
  log(socket.isPaused(), socket.readableFlowing);
  socket.on('ready', () => setTimeout(() => {
    log('resume', socket.readableFlowing, socket.readyState);
    socket.resume();
  }, 20));
  socket.on('close', () => server.close());
});
