// a Unix socket behaves as a TCP one: half-open, order of events, write callbacks
const net = require('net');
const { log, tmp, trace } = require('./prelude');

const path = tmp('PIPE');
let heard = '';
const server = net.createServer({ allowHalfOpen: true }, (peer) => {
  peer.on('data', (chunk) => { heard += chunk; });
  peer.on('end', () => {
    log('server heard', heard, peer.readyState, peer.remoteAddress, peer.address());
    peer.end('answer');
  });
});
server.listen(path, () => {
  const socket = net.connect(path);
  trace('socket', socket, ['connect', 'data', 'end', 'prefinish', 'finish', 'close']);
  log(socket.write('one ', () => log('one')), socket.connecting);
  socket.on('ready', () => setImmediate(() => {
    log(socket.write('two', () => log('two')), socket.writableLength, socket.bytesWritten);
    socket.end(() => log('end'));
  }));
  socket.on('finish', () => log(socket.readyState, socket.setNoDelay(), socket.setKeepAlive(true)));
  socket.on('close', () => server.close());
});
