// the option onread: no 'data', the rest as always; false stops until resume()
const net = require('net');
const { log, trace } = require('./prelude');

let socket;
const server = net.createServer((peer) => {
  peer.write('hello');
  peer.once('data', (data) => {
    log('server', 'got', data, socket.readableFlowing);
    peer.end('bye');
    socket.resume();
  });
}).listen(0, '127.0.0.1', () => {
  let calls = 0;
  socket = net.connect({
    port: server.address().port, host: '127.0.0.1',
    onread: {
      buffer: Buffer.alloc(100),
      callback(nread, buffer) {
        log('onread', nread, buffer.toString('latin1', 0, nread), socket.bytesRead);
        if (++calls > 1) return true;
        socket.write('more');
        return false;
      },
    },
  });
  log(socket.listenerCount('data'), socket.readableFlowing);
  trace('socket', socket, ['connect', 'ready', 'data', 'readable', 'pause', 'resume', 'end', 'finish', 'close']);
  socket.removeAllListeners('readable');
  socket.on('close', () => server.close());
});
