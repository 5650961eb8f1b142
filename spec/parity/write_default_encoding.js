// setDefaultEncoding: for writes that name none
const net = require('net');
const { log } = require('./prelude');

let heard = '';
const server = net.createServer((peer) => peer.on('data', (chunk) => { heard += chunk; }));
server.listen(0, '127.0.0.1', () => {
  const socket = net.connect(server.address().port, '127.0.0.1');
  log(socket.setDefaultEncoding('hex'));
  socket.write('616263');
  socket.write('616263', 'utf8');
  socket.setDefaultEncoding('utf8');
  socket.end('616263', () => log('end'));
  socket.on('close', () => server.close(() => log('heard', heard)));
});
