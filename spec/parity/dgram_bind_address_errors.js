// addresses that cannot be bound: of others, of the other family
const dgram = require('dgram');
const { log } = require('./prelude');

const cases = [['udp4', '203.0.113.1'], ['udp4', '::1'], ['udp6', '127.0.0.1'], ['udp6', '2001:db8::1'],
  ['udp4', 'no..name']];
const next = () => {
  if (cases.length === 0) return;
  const [type, address] = cases.shift();
  const socket = dgram.createSocket(type);
  socket.on('error', (err) => {
    log(type, err.name, err.code, err.syscall, err.errno < 0, err.address, err.port, err.hostname, err.message);
    socket.close(next);
  });
  socket.bind(0, address, () => log('never'));
};
next();
