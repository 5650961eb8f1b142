// setNoDelay, setKeepAlive, ref and unref return the socket, before, while and after it is connected
const net = require('net');
const { log } = require('./prelude');

const server = net.createServer((peer) => peer.resume());
const check = (label, socket) => {
  log(label, socket.setNoDelay(), socket.setNoDelay(false), socket.setNoDelay(true));
  log(label, socket.setKeepAlive(), socket.setKeepAlive(true), socket.setKeepAlive(true, 5000), socket.setKeepAlive(false, 0));
  log(label, socket.unref(), socket.ref());
};
server.listen(0, '127.0.0.1', () => {
  const socket = new net.Socket();
  check('new', socket);
  socket.connect(server.address().port, '127.0.0.1');
  check('connecting', socket);
  socket.on('connect', () => {
    check('open', socket);
    socket.destroy();
    check('destroyed', socket);
  });
  socket.on('close', () => server.close());
});
