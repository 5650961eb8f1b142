// the forms of end(): all return the socket, the callback comes before the listeners of 'finish'
const net = require('net');
const { log } = require('./prelude');

let heard = '';
const server = net.createServer((peer) => peer.on('data', (chunk) => { heard += chunk; }));
const callback = (err) => log('callback', err);
const forms = [
  (socket) => socket.end(),
  (socket) => socket.end(callback),
  (socket) => socket.end('data'),
  (socket) => socket.end('data', callback),
  (socket) => socket.end('64617461', 'hex'),
  (socket) => socket.end('ZGF0YQ==', 'base64', callback),
  (socket) => socket.end('', callback),
];
const run = () => {
  const form = forms.shift();
  if (form === undefined) return server.close();
  const socket = net.connect(server.address().port, '127.0.0.1');
  heard = '';
  socket.on('finish', () => log('finish'));
  log(form(socket), socket.writableEnded);
  socket.on('close', () => {
    log('heard', heard);
    run();
  });
};
server.listen(0, '127.0.0.1', () => run());
