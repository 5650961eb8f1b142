// a script that was busy: the idle timer counts from setTimeout(), not from when the loop last looked at the clock
const net = require('net');
const { log, trace } = require('./prelude');

const server = net.createServer((peer) => peer.resume());
server.listen(0, '127.0.0.1', () => {
  const socket = net.connect(server.address().port, '127.0.0.1');
  const start = Date.now();
  while (Date.now() - start < 200);
  socket.setTimeout(150, () => {
    log(socket.readyState);
    socket.end();
  });
  trace('socket', socket, ['connect', 'timeout', 'end', 'close']);
  socket.on('close', () => server.close());
});
