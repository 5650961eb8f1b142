// bind() of an IPv6 socket: everywhere and on the loopback, by name and by number
const dgram = require('dgram');
const { log, mask } = require('./prelude');

const forms = [[], [0, '::1'], [0, '0:0:0:0:0:0:0:1'], [0, '::ffff:127.0.0.1'], [{ port: 0, address: '::' }]];
const next = () => {
  if (forms.length === 0) return;
  const socket = dgram.createSocket('udp6');
  socket.bind(...forms.shift(), () => {
    mask(socket.address().port, 'PORT');
    log(socket.address());
    socket.close(next);
  });
};
next();
