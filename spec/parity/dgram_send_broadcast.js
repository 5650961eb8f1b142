// a broadcast address wants setBroadcast(true)
const dgram = require('dgram');
const { log, mask, trace } = require('./prelude');

const socket = trace('socket', dgram.createSocket('udp4'), ['listening', 'error', 'close']);
socket.on('message', (message) => {
  log('message', message);
  socket.close();
});
socket.bind(0, () => {
  const port = socket.address().port;
  mask(port, 'PORT');
  socket.send('no', port, '127.255.255.255', (err, bytes) => {
    log(err, bytes, err.code, err.syscall, err.address);
    log(socket.setBroadcast(true));
    socket.send('yes', port, '127.255.255.255', (second, size) => log('sent', second, size));
  });
});
