// the fields of system errors: connect to a closed port, to a missing path, from a foreign address
const net = require('net');
const { log, mask, tmp } = require('./prelude');

const show = (err) => log(err.name, err.code, err.errno, err.syscall, err.address, err.port, String(err));
const missing = tmp('missing.sock');
const server = net.createServer().listen(0, '127.0.0.1', () => {
  const { port } = server.address();
  mask(port, 'PORT');
  server.close(() => {
    net.connect(port, '127.0.0.1').on('error', (err) => {
      show(err);
      net.connect(missing).on('error', (second) => {
        show(second);
        net.connect({ port, host: '127.0.0.1', localAddress: '8.8.8.8' }).on('error', show);
      });
    });
  });
});
