// pause() in 'data' while more is buffered: the rest waits, in order
const net = require('net');
const { log, trace } = require('./prelude');

let socket;
const parts = ['one', 'two', 'three'];
const server = net.createServer((peer) => {
  const send = () => {
    const part = parts.shift();
    if (part !== undefined) return peer.write(part, () => setTimeout(() => setTimeout(send, 3), 3));
    peer.end();
    socket.on('data', (chunk) => {
      log('data', chunk, socket.readableLength);
      socket.pause();
      setTimeout(() => {
        if (socket.readableLength > 0) log('resume', socket.readableLength);
        socket.resume();
      }, 5);
    });
  };
  peer.once('data', send);
});
server.listen(0, '127.0.0.1', () => {
  socket = trace('socket', net.connect(server.address().port, '127.0.0.1'), ['end', 'close']);
  socket.on('connect', () => socket.write('go'));
  socket.on('close', () => server.close());
});
