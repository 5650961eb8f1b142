// a write to a Unix socket whose other end is gone: EPIPE in the callback and as 'error'
const net = require('net');
const { log, tmp, trace } = require('./prelude');

let other;
const path = tmp('PIPE');
const server = net.createServer({ pauseOnConnect: true }, (peer) => {
  other = trace('peer', peer, ['end', 'finish', 'error', 'close']);
  other.write('go');
  other.on('close', () => server.close());
});
server.listen(path, () => {
  const socket = net.connect(path);
  socket.on('data', () => socket.destroy());
  socket.on('close', () => setTimeout(() => {
    other.write('x', (err) => log('callback', err));
    other.write('y', (err) => log('second callback', err));
    other.on('error', (err) => log(err.code, err.syscall, err.errno, err.address));
  }, 5));
});
