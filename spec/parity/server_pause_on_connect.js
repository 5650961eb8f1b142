// pauseOnConnect: the socket comes paused, nothing is delivered before resume()
const net = require('net');
const { log, trace } = require('./prelude');

const server = net.createServer({ pauseOnConnect: true }, (socket) => {
  trace('socket', socket, ['data', 'end', 'close']);
  log('paused', socket.isPaused(), server.pauseOnConnect);
  setTimeout(() => {
    log('resume', socket.bytesRead);
    socket.resume();
  }, 30);
  socket.on('close', () => server.close());
});
server.listen(0, '127.0.0.1', () => {
  net.connect(server.address().port, '127.0.0.1').resume().end('hello');
});
