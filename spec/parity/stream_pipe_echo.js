// the shortest echo server: socket.pipe(socket)
const net = require('net');
const { log, trace } = require('./prelude');

const server = net.createServer((peer) => {
  trace('peer', peer, ['end', 'prefinish', 'finish', 'error', 'close']);
  peer.on('pipe', (src) => log('pipe', src === peer));
  peer.on('unpipe', (src) => log('unpipe', src === peer));
  log('returns', peer.pipe(peer) === peer);
  peer.on('close', () => server.close());
});
server.listen(0, '127.0.0.1', () => {
  const socket = net.connect(server.address().port, '127.0.0.1');
  let heard = '', count = 0;
  socket.on('data', (chunk) => {
    heard += chunk;
    count += chunk.length;
    if (count === 8) socket.end('!');
  });
  server.on('close', () => log('heard', heard));
  socket.write('one ');
  socket.write('two ');
});
