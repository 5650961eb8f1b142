// happy eyeballs: the families take turns, beginning with the first address's
const net = require('net');
const { log, mask } = require('./prelude');

const server = net.createServer();
server.listen(0, '127.0.0.1', () => {
  const port = server.address().port;
  mask(port, 'PORT');
  const list = [];
  for (const address of ['127.0.0.1', '127.0.0.2', '::1', '127.0.0.1', '127.0.0.3']) {
    list.push({ address: address, family: net.isIP(address) });
  }
  const lookup = (host, options, done) => setImmediate(() => done(null, list));
  server.close(() => {
    const socket = net.connect({ port: port, host: 'some.name', lookup: lookup });
    socket.on('connectionAttempt', (address, _, family) => log('attempt', address, family));
    socket.on('error', (err) => {
      for (const one of err.errors) log(one);
      log(socket.autoSelectFamilyAttemptedAddresses);
    });
  });
});
