// address() of the server and the addresses of an accepted socket: dual stack, IPv4, IPv6
const net = require('net');
const { log, mask } = require('./prelude');

function run(host, target, name, done) {
  const server = net.createServer((socket) => {
    log(socket.localAddress, socket.localPort, socket.localFamily, socket.remoteAddress, socket.remoteFamily);
    log('address()', socket.address());
    socket.destroy();
    server.close(done);
  });
  server.listen(host ? { port: 0, host } : { port: 0 }, () => {
    mask(server.address().port, name);
    log(server.address());
    net.connect(server.address().port, target).resume();
  });
}
run(undefined, '127.0.0.1', 'PORT1', () => {
  run('127.0.0.1', '127.0.0.1', 'PORT2', () => {
    run('::1', '::1', 'PORT3', () => log('done'));
  });
});
