// a socket that has a peer hears nobody else
const dgram = require('dgram');
const { log } = require('./prelude');

const server = dgram.createSocket('udp4');
const stranger = dgram.createSocket('udp4');
const socket = dgram.createSocket('udp4');
server.bind(0, '127.0.0.1', () => socket.bind(0, '127.0.0.1', () => {
  const port = socket.address().port;
  socket.on('message', (message, info) => {
    log('message', message, info.port === socket.remoteAddress().port);
    for (const each of [server, stranger, socket]) each.close();
  });
  socket.connect(server.address().port, '127.0.0.1', () => {
    stranger.send('of a stranger', port, '127.0.0.1', () => server.send('of the peer', port, '127.0.0.1'));
  });
}));
