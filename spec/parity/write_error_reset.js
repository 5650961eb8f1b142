// a write that fails because the peer has reset: callback, 'error' with the same error, 'close'(true)
const net = require('net');
const { log, trace } = require('./prelude');

let other;
const server = net.createServer({ pauseOnConnect: true }, (peer) => {
  other = trace('peer', peer, ['end', 'finish', 'error', 'close']);
  other.write('go');
  other.on('close', () => server.close());
});
server.listen(0, '127.0.0.1', () => {
  const socket = net.connect(server.address().port, '127.0.0.1');
  socket.on('data', () => socket.resetAndDestroy());
  socket.on('close', () => setTimeout(() => setTimeout(() => {
    other.write('x', (err) => log('callback', err));
    other.on('error', (err) => log(err.code, err.syscall, err.errno, err.address));
  }, 5), 5));
});
