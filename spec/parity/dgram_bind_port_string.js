// a port may be a string of digits
const dgram = require('dgram');
const { log, mask } = require('./prelude');

const holder = dgram.createSocket('udp4');
holder.bind(0, '127.0.0.1', () => {
  const port = holder.address().port;
  mask(port, 'PORT');
  const socket = dgram.createSocket('udp4');
  socket.once('error', (err) => {
    log(err);
    socket.once('error', (second) => {
      log(second);
      socket.close();
      holder.close();
    });
    socket.bind({ port: String(port), address: '127.0.0.1' });
  });
  socket.bind(String(port), '127.0.0.1');
});
