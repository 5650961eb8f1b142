// listen({ fd }) on what is no listening socket: 'error' EINVAL by tick, the server may listen on
const net = require('net');
const { log } = require('./prelude');

const server = net.createServer();
server.on('close', () => log('close'));
server.once('error', (err) => {
  log(err, err.code, err.errno, err.syscall, server.listening, server.address());
  server.once('error', (second) => {
    log(second);
    server.listen(0, () => server.close());
  });
  server.listen({ fd: 0 }); // stdin is /dev/null here
});
log(server.listen({ fd: 900 }, () => log('never')) === server);
log(server.listening);
server.removeAllListeners('listening');
