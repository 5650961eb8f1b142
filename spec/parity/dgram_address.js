// address() before, while and after bind(), and with a peer
const dgram = require('dgram');
const { attempt, log, mask } = require('./prelude');

const unbound = dgram.createSocket('udp4');
try { unbound.address(); } catch (err) { log(err, err.name, err.code, err.errno, err.syscall, err.address, err.port); }
const socket = dgram.createSocket('udp4');
socket.bind(0, () => {
  mask(socket.address().port, 'PORT');
  log(socket.address());
  log(socket.address() === socket.address());
  socket.connect(9, '127.0.0.1', () => {
    log('connected', socket.address());
    socket.close();
    attempt('closed', () => socket.address());
  });
});
attempt('binding', () => socket.address());
