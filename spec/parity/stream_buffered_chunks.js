// chunks that were buffered one by one are delivered one by one
const net = require('net');
const { log, trace } = require('./prelude');

let socket;
const parts = ['one', 'two', 'three'];
const server = net.createServer((peer) => {
  const send = () => {
    const part = parts.shift();
    if (part !== undefined) return peer.write(part, () => setTimeout(() => setTimeout(send, 3), 3));
    log(socket.readableLength);
    socket.on('data', (chunk) => {
      log('data', chunk, socket.readableLength);
      if (chunk.toString() === 'three') peer.end();
    });
  };
  peer.once('data', send);
});
server.listen(0, '127.0.0.1', () => {
  socket = trace('socket', net.connect(server.address().port, '127.0.0.1'), ['end', 'close']);
  socket.on('connect', () => socket.write('go'));
  socket.on('close', () => server.close());
});
