// destroy(err) while the peer does not read: 'error' and the queued callbacks have that error
const net = require('net');
const { log, trace } = require('./prelude');

let other;
const server = net.createServer({ pauseOnConnect: true }, (peer) => {
  other = peer.on('error', () => { });
  other.write('go');
});
server.listen(0, '127.0.0.1', () => {
  const failure = new Error('enough');
  const socket = net.connect(server.address().port, '127.0.0.1');
  trace('socket', socket, ['drain', 'finish', 'error', 'close']);
  socket.on('data', () => {
    socket.write('x'.repeat(6000000), () => log('first'));
    socket.write('second', (err) => log('second', err, err === failure));
    socket.end((err) => log('end', err, err === failure));
    setTimeout(() => {
      socket.destroy(failure);
      log('destroyed');
    }, 10);
  });
  socket.on('close', () => {
    other.destroy();
    server.close();
  });
});
